"""Makes ../k-means.json: inertia of scikit-learn's KMeans(n_init=8) on four small clouds of points.

Seed 13. Tolerance: ours may be up to 2 % worse, for both search from random starts and neither finds the optimum always.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.cluster import KMeans

draw = np.random.default_rng(13)


def blobs(rows, dimensions, centres, spread):
    places = draw.normal(size=(centres, dimensions)) * 3
    return places[draw.integers(centres, size=rows)] + draw.normal(size=(rows, dimensions)) * spread


clouds = [('two blobs', blobs(60, 2, 2, 0.3), 2), ('five blobs', blobs(200, 3, 5, 0.5), 5),
          ('uniform ranks', draw.uniform(size=(240, 6)), 4), ('more blobs than clusters', blobs(300, 4, 12, 0.6), 8)]
cases = []
for name, points, k in clouds:
    points = np.round(points, 6)
    fitted = KMeans(k, n_init=8, max_iter=25, random_state=0).fit(points)
    cases.append({'name': name, 'k': k, 'points': points.tolist(), 'inertia': float(fitted.inertia_)})
out = {'peer': f'scikit-learn {sklearn.__version__} KMeans(n_init=8, max_iter=25)', 'seed': 13, 'tolerance': 0.02,
       'reason': 'both search from random starts', 'cases': cases}
pathlib.Path(__file__).parent.parent.joinpath('k-means.json').write_text(json.dumps(out) + '\n')
