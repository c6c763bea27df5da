"""Golden values for src/decision/ridge.ts and grow-tree.ts.

Peer: scikit-learn 1.9.1 (Ridge without intercept; DecisionTreeRegressor); the version used is written into the file.
Seed: numpy.random.default_rng(7).
Tolerance: 1e-9 relative, both being exact but for rounding.

Run: python test/golden/make/ridge-and-tree.py > test/golden/ridge-and-tree.json
"""

import json
import sys

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.tree import DecisionTreeRegressor

rng = np.random.default_rng(7)
x = rng.normal(size=(40, 4)).round(3)
y = (x @ np.array([0.5, -1.0, 0.0, 2.0]) + rng.normal(size=40) * 0.3).round(3)
model = Ridge(alpha=1.5, fit_intercept=False, solver="cholesky").fit(x, y)
grid = rng.integers(0, 12, size=(60, 3)).astype(float)
z = (np.sin(grid[:, 0]) + (grid[:, 1] > 5) * 1.7 + rng.normal(size=60) * 0.1).round(3)
tree = DecisionTreeRegressor(max_depth=3, min_samples_leaf=5, random_state=0).fit(grid, z)
golden = {
    "peer": "scikit-learn",
    "version": sklearn.__version__,
    "seed": 7,
    "tolerance": 1e-9,
    "ridge": {"penalty": 1.5, "rows": x.tolist(), "values": y.tolist(), "weights": model.coef_.tolist()},
    "tree": {"depth": 3, "leafRows": 5, "rows": grid.tolist(), "values": z.tolist(), "predictions": tree.predict(grid).tolist()},
}
json.dump(golden, sys.stdout)
print()
