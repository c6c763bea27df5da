"""Makes ../beta-interval.json: central intervals of beta distributions.

Peer: scipy.stats.beta.ppf; version in the file. No seed. Tolerance 2e-3, as ModelHub sums over 600 points.
Run: python test/golden/make/beta-interval.py
"""
import json
import pathlib

import scipy
from scipy.stats import beta

pairs = [(1, 1), (2, 5), (0.5, 0.5), (0.1, 3), (8.1, 0.9), (12.5, 37.5), (0.1, 0.9), (40, 2), (300, 700), (990, 10)]
cases = [
    {"a": a, "b": b, "level": level, "interval": [float(beta.ppf((1 - level) / 2, a, b)), float(beta.ppf((1 + level) / 2, a, b))]}
    for a, b in pairs
    for level in (0.8, 0.9, 0.95)
]
path = pathlib.Path(__file__).resolve().parents[1] / "beta-interval.json"
path.write_text(json.dumps({"scipy": scipy.__version__, "tolerance": 2e-3, "cases": cases}) + "\n")
