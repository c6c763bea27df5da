"""Makes ../histogram-divergences.json.

The first three pairs are copied from the shared golden file divergence.json (scipy 1.17.1), found by MODELHUB_SHARED;
the others are drawn here and computed by scipy.
"""
import json
import os
import pathlib

import numpy as np
import scipy
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

SEED, SMOOTHING = 20201, 1e-3
random = np.random.default_rng(SEED)


def finite(x):
    return float(x) if np.isfinite(x) else None


def case(name, p, q):
    p, q = np.asarray(p, float), np.asarray(q, float)
    p, q = p / p.sum(), q / q.sum()
    return {
        'name': name, 'p': p.tolist(), 'q': q.tolist(),
        'js_nats': float(jensenshannon(p, q) ** 2) if not np.array_equal(p, q) else 0.0,
        'kl_p_q': finite(entropy(p, q)),
        'kl_p_q_smoothed': float(entropy(p + SMOOTHING, q + SMOOTHING)),
        'squared_hellinger': float(0.5 * np.sum((np.sqrt(p) - np.sqrt(q)) ** 2)),
        'bhattacharyya': float(np.sum(np.sqrt(p * q))),
    }


def sparse(bins):
    values = random.dirichlet(np.full(bins, 0.5))
    values[random.random(bins) < 0.5] = 0
    values[0] += 1e-3
    return values


shared = json.loads((pathlib.Path(os.environ['MODELHUB_SHARED']) / 'golden' / 'divergence.json').read_text())
copied = []
for i, pair in enumerate(shared['pairs']):
    p, q = np.array(pair['p']), np.array(pair['q'])
    kept = {key: pair[key] for key in ('p', 'q', 'js_nats', 'kl_p_q', 'squared_hellinger', 'bhattacharyya')}
    smoothed = float(entropy(p + SMOOTHING, q + SMOOTHING))
    copied.append({'name': f'shared pair {i}', **kept, 'kl_p_q_smoothed': smoothed})

cases = copied + [
    case('two bins', [0.3, 0.7], [0.6, 0.4]),
    case('one bin', [1], [1]),
    case('equal', np.arange(1, 9), np.arange(1, 9)),
    case('disjoint', [1, 2, 0, 0], [0, 0, 3, 1]),
    case('nearly equal', np.full(32, 1.0), np.full(32, 1.0) + 1e-3 * random.standard_normal(32)),
    case('tiny masses', [1, 1e-12, 1e-300, 0], [1, 0, 1e-9, 1e-15]),
] + [case(f'dirichlet {b}', random.dirichlet(np.ones(b)), random.dirichlet(np.ones(b))) for b in (5, 33, 100)] + [
    case(f'sparse {b}', sparse(b), sparse(b)) for b in (33, 100)]

out = {
    'peer': f'scipy {scipy.__version__}: jensenshannon squared, entropy; the sums of the definitions for the other two',
    'seed': SEED, 'smoothing': SMOOTHING, 'tolerance': 1e-13,
    'why': 'sums of at most 100 rounded terms; null is infinity',
    'cases': cases,
}
pathlib.Path(__file__).parent.parent.joinpath('histogram-divergences.json').write_text(json.dumps(out) + '\n')
