"""Makes ../classical-scaling.json: classical multidimensional scaling by scikit-learn, checked against numpy's eigh.

Peer: sklearn.manifold.ClassicalMDS (its version is in the file). Seed 1952. The sign of an axis is arbitrary: here its
entry farthest from 0 is positive. Run: python classical-scaling.py
"""
import json
import pathlib

import numpy as np
import sklearn
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import ClassicalMDS

SEED = 1952
random = np.random.default_rng(SEED)


def case(name, distances, dimensions=2):
    n = len(distances)
    points = ClassicalMDS(n_components=dimensions, metric='precomputed').fit(distances).embedding_
    points = points * np.sign(points[np.abs(points).argmax(0), range(dimensions)])
    centre = np.eye(n) - 1 / n
    values = np.linalg.eigvalsh(-0.5 * centre @ distances ** 2 @ centre)[::-1]
    assert np.allclose((points ** 2).sum(0), values[:dimensions])
    share = values[:dimensions].clip(0).sum() / values.clip(0).sum()
    return {'name': name, 'size': n, 'dimensions': dimensions, 'distances': distances.ravel().tolist(),
            'points': points.ravel().tolist(), 'share': float(share)}


def root_js(p, q):
    m = (p + q) / 2
    return np.sqrt((np.sum(p * np.log(p / m)) + np.sum(q * np.log(q / m))) / 2)


histograms = random.dirichlet(np.full(16, 0.7), 24)
noise = squareform(random.uniform(0.5, 1, 24 * 23 // 2))
cases = [
    case('in the plane', squareform(pdist(random.standard_normal((12, 2)) * [3, 1]))),
    case('in five dimensions', squareform(pdist(random.standard_normal((30, 5)) * [5, 3, 2, 1, 1])), 3),
    case('root Jensen-Shannon', np.array([[0 if p is q else root_js(p, q) for q in histograms] for p in histograms])),
    case('not Euclidean', noise),
]
out = {
    'peer': f'scikit-learn {sklearn.__version__} ClassicalMDS, numpy {np.__version__}', 'seed': SEED,
    'tolerance': 1e-8, 'why': 'an eigenvector is off by rounding over the gap to its neighbour', 'cases': cases,
}
pathlib.Path(__file__).parent.parent.joinpath('classical-scaling.json').write_text(json.dumps(out) + '\n')
