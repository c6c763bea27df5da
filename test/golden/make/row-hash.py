"""Makes ../row-hash.json: the row hash in Python's own integers, which never overflow.

Peer: Python integers. Seed 11. Tolerance: none, integers.
"""
import json
import pathlib
import platform
import random

P = 67_108_859
KEYS = [41_421_356, 7_320_508, 23_606_797, 64_575_131]


def row_hash(seed, file, row):
    x = pow(row + seed + KEYS[0], 3, P)
    x = pow(x + row // P + KEYS[1], 3, P)
    x = pow(x + file + KEYS[2], 3, P)
    return pow(x + seed + KEYS[3], 3, P)


draw = random.Random(11)
places = [(0, 0, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0), (P - 1, 0, P), (0, P, 0), (7, 3, 2**52 - 1)]
places += [(draw.randrange(P), draw.randrange(10_000), draw.randrange(2**draw.randrange(1, 52))) for _ in range(200)]
out = {'peer': f'integers of Python {platform.python_version()}', 'seed': 11, 'tolerance': 0, 'reason': 'integers',
       'cases': [[*place, row_hash(*place)] for place in places]}
pathlib.Path(__file__).parent.parent.joinpath('row-hash.json').write_text(json.dumps(out) + '\n')
