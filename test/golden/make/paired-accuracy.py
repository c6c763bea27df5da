"""Makes ../paired-accuracy.json: intervals of shares and McNemar's exact test.

Peer: scipy.stats.binomtest (version in the file), Wilson's interval and the exact two-sided test at 1/2. No seed: the
cases are listed. Tolerance 1e-9: sums of up to 1,000 terms in another order, and logarithms.
Run: python test/golden/make/paired-accuracy.py
"""
import json
import pathlib

import scipy
from scipy.stats import binomtest

shares = [(0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (57, 100), (1999, 2000), (1, 2000)]
pairs = [(0, 0), (1, 0), (0, 5), (3, 3), (12, 4), (4, 12), (40, 61), (900, 1000), (0, 300)]
values = {
    "scipy": scipy.__version__,
    "intervals": [
        {"right": k, "n": n, "interval": [float(end) for end in binomtest(k, n).proportion_ci(0.95, "wilson")]}
        for k, n in shares
    ],
    "mcNemar": [{"b": b, "c": c, "p": 1.0 if b + c == 0 else float(binomtest(b, b + c, 0.5).pvalue)} for b, c in pairs],
}
path = pathlib.Path(__file__).resolve().parents[1] / "paired-accuracy.json"
path.write_text(json.dumps(values, indent=1) + "\n")
