"""Makes ../logarithm.json: [x, true, bits] for many x.

`true` is the natural logarithm to 60 digits by Python's decimal, rounded once to a double. `bits` is the documented
reduction and series evaluated in Python's doubles, one rounding per operation: what every platform must give exactly.
"""
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
LN2_UPPER, LN2_LOWER = 6.93147180369123816490e-1, 1.90821492927058770002e-10


def documented(x):
    mantissa, exponent = math.frexp(x)
    mantissa, exponent = 2 * mantissa, exponent - 1
    if int((mantissa - 1) * 2**20) >= 0x6A09E:
        mantissa, exponent = mantissa / 2, exponent + 1
    f = mantissa - 1
    if f == 0:
        return exponent * LN2_UPPER + exponent * LN2_LOWER
    s, half_square = f / (2 + f), 0.5 * f * f
    z, series = s * s, 0.0
    for odd in range(25, 1, -2):
        series = (series + 2 / odd) * z
    return exponent * LN2_UPPER - (half_square - (s * (half_square + series) + exponent * LN2_LOWER) - f)


out = {
    'peer': f'decimal of Python {platform.python_version()}, 60 digits', 'seed': SEED, 'tolerance': '1 ulp',
    'why': 'x is exact, the true value is rounded to the nearest double; ours is within one of it; bits must be equal',
    'cases': [[x, float(Decimal(x).ln()), documented(x)] for x in points],
}
pathlib.Path(__file__).parent.parent.joinpath('logarithm.json').write_text(json.dumps(out) + '\n')
