"""Makes ../population-stability-index.json: the index by its definition, every sum written out in numpy."""
import json
import pathlib

import numpy as np

SEED, SMOOTHING = 20206, 1e-4
random = np.random.default_rng(SEED)


def psi(p, q, smoothing):
    p, q = p + smoothing, q + smoothing
    p, q = p / p.sum(), q / q.sum()
    return float(np.sum((p - q) * np.log(p / q)))


cases = []
for bins, empty in [(2, 0), (5, 0), (10, 0.2), (10, 0.5), (48, 0.3), (200, 0.8)]:
    pair = []
    for _ in range(2):
        values = random.dirichlet(np.ones(bins))
        values[random.random(bins) < empty] = 0
        values[0] += 1e-3
        pair.append(values / values.sum())
    p, q = pair
    cases.append({'p': p.tolist(), 'q': q.tolist(), 'psi': psi(p, q, SMOOTHING)})

out = {
    'peer': f'definition in numpy {np.__version__}', 'seed': SEED, 'smoothing': SMOOTHING, 'tolerance': 1e-12,
    'why': 'the same sum in two parts', 'cases': cases,
}
pathlib.Path(__file__).parent.parent.joinpath('population-stability-index.json').write_text(json.dumps(out) + '\n')
