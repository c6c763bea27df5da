"""Makes ../joint-jensen-shannon.json: JS of concatenated per-feature histograms, each weighing 1/|S|, by scipy.

The values are 32-bit floats, written so that they read back exactly; scipy normalises the concatenation again.
"""
import json
import pathlib

import numpy as np
import scipy
from scipy.spatial.distance import jensenshannon

SEED = 20206
random = np.random.default_rng(SEED)
BINS = [2, 7, 33, 12, 1]


def block(partitions, rows):
    values = np.zeros((partitions, sum(BINS)), np.float32)
    for i in range(partitions):
        at = 0
        for bins in BINS:
            values[i, at:at + bins] = random.multinomial(rows, random.dirichlet(np.ones(bins))) / rows
            at += bins
    return values


def joint(source, target, features):
    offsets = np.concatenate([[0], np.cumsum(BINS)])
    columns = np.concatenate([np.arange(offsets[f], offsets[f + 1]) for f in features])
    p, q = source[:, columns].astype(float), target[:, columns].astype(float)
    js = [[jensenshannon(a, b) ** 2 for b in q] for a in p]
    bc = [[np.sum(np.sqrt(a * b)) / len(features) for b in q] for a in p]
    return {'features': features, 'js': np.array(js).tolist(), 'bhattacharyya': np.array(bc).tolist()}


source, target = block(4, 80), block(3, 60)
out = {
    'peer': f'scipy {scipy.__version__} jensenshannon squared', 'seed': SEED, 'tolerance': 1e-6,
    'why': 'the table of logarithms is good for 1e-7, 32-bit probabilities and their sums for 1e-7 more',
    'bins': BINS, 'source': source.astype(float).tolist(), 'target': target.astype(float).tolist(),
    'cases': [joint(source, target, f) for f in ([0, 1, 2, 3, 4], [2], [3, 0], [1, 2, 3])],
}
pathlib.Path(__file__).parent.parent.joinpath('joint-jensen-shannon.json').write_text(json.dumps(out) + '\n')
