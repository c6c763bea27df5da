"""Makes ../jaccard.json: multiset and probability Jaccard by their definitions, every sum written out in numpy."""
import json
import pathlib

import numpy as np

SEED = 20202
random = np.random.default_rng(SEED)


def multiset(a, b):
    return float(np.minimum(a, b).sum() / np.maximum(a, b).sum())


def probability(x, y):
    total = 0.0
    for i in np.flatnonzero((x > 0) & (y > 0)):
        total += 1 / np.maximum(x / x[i], y / y[i]).sum()
    return float(total)


def counts(n, absent):
    values = random.integers(1, 50, n).astype(float)
    values[random.random(n) < absent] = 0
    values[0] = 1
    return values


cases = []
for n, absent in [(2, 0), (5, 0), (20, 0.3), (60, 0.6), (200, 0.8)]:
    a, b = counts(n, absent), counts(n, absent)
    cases.append({'a': a.tolist(), 'b': b.tolist(), 'multiset': multiset(a, b), 'probability': probability(a, b)})

out = {
    'peer': f'definitions in numpy {np.__version__}', 'seed': SEED, 'tolerance': 1e-13,
    'why': 'the same sums in another order', 'cases': cases,
}
pathlib.Path(__file__).parent.parent.joinpath('jaccard.json').write_text(json.dumps(out) + '\n')
