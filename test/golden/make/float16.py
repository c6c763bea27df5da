"""Golden values of half precision, from NumPy.

Peer: numpy (version in the file). Seed 5. No tolerance: bits are equal.

    python test/golden/make/float16.py
"""

import json
from pathlib import Path

import numpy as np

rng = np.random.default_rng(5)
edges = [0, -0.0, 1, -1, 65504, 65519, 65520, 1e9, -1e9, np.inf, -np.inf, 2**-14, 2**-24, 2**-25, 2**-25 * 1.01, 1e-9]
halfway = [1 + 2**-11, 1 + 3 * 2**-11, 2**-24 * 1.5, 2**-24 * 2.5, 2**-14 - 2**-25]
spread = np.ldexp(rng.standard_normal(200), rng.integers(-27, 18, 200))
numbers = np.concatenate([edges, halfway, spread]).astype(np.float32)
with np.errstate(over="ignore"):
    bits = numbers.astype(np.float16).view(np.uint16)
tell = lambda x: float(x) if np.isfinite(x) else ("Infinity" if x > 0 else "-Infinity")
case = {"numbers": ["-0" if x == 0 and np.signbit(x) else tell(x) for x in numbers], "bits": bits.tolist()}
out = {"peer": f"numpy {np.__version__}", "seed": 5, "tolerance": 0, "reason": "bits", "cases": [case]}
path = Path(__file__).parents[1] / "float16.json"
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
