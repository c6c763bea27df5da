"""Makes ../logarithm.json: the natural logarithm to 60 digits by Python's decimal, rounded once to a double."""
import json
import math
import pathlib
import platform
from decimal import Decimal, getcontext

import numpy as np

SEED = 20205
getcontext().prec = 60
random = np.random.default_rng(SEED)
root = math.sqrt(2)
points = [1.0, 2.0, 0.5, 3.0, 10.0, 0.1, math.e, root, math.nextafter(root, 0), math.nextafter(root, 2), 1 / root,
          math.nextafter(1, 0), math.nextafter(1, 2), 0.999, 1.001, 5e-324, 1e-310, 2.0**-1022, 1.7976931348623157e308]
points += random.uniform(0, 1, 150).tolist() + random.uniform(0.5, 2, 150).tolist()
points += (10 ** random.uniform(-300, 300, 150)).tolist() + (1 + random.uniform(-1, 1, 50) * 1e-6).tolist()
out = {
    'peer': f'decimal of Python {platform.python_version()}, 60 digits', 'seed': SEED, 'tolerance': '1 ulp',
    'why': 'x is exact, the true value is rounded to the nearest double; ours is within one of it',
    'cases': [[x, float(Decimal(x).ln())] for x in points],
}
pathlib.Path(__file__).parent.parent.joinpath('logarithm.json').write_text(json.dumps(out) + '\n')
