"""Makes ../p-stable-collision.json: the closed form of Datar et al. (2004), §3.2, with scipy's normal distribution.

  p(c) = 1 − 2 Φ(−r/c) − 2 / (√(2π) r/c) (1 − exp(−r² / 2c²))

Peer: scipy. No seed. Tolerance: 1e-12, for the closed form loses digits where p is near 0.
"""
import json
import math
import pathlib

import scipy
from scipy.stats import norm

cases = []
for width in (0.05, 0.4, 1.0, 1.3, 4.0, 25.0):
    for distance in (0.01, 0.1, 0.3, 0.447, 0.537, 1.0, 1.414, 7.0):
        s = width / distance
        p = 1 - 2 * norm.cdf(-s) - 2 / (math.sqrt(2 * math.pi) * s) * (1 - math.exp(-s * s / 2))
        cases.append([distance, width, p])
out = {'peer': f'scipy {scipy.__version__}', 'seed': None, 'tolerance': 1e-12, 'reason': 'cancellation', 'cases': cases}
pathlib.Path(__file__).parent.parent.joinpath('p-stable-collision.json').write_text(json.dumps(out) + '\n')
