"""Makes ../signatures.json: MinHash signatures as docs/sketch-format.md describes them, in Python's own integers.

Peer: Python's integers and math.log. Seed 14. Tolerance: none; a place where the least two ranks differ by less than 1e-12
would be left to the logarithms' last bits, and the script stops if there is one.
"""
import json
import math
import pathlib
import platform
import random
import struct

M = 2**32 - 1


def mix(h):
    h ^= h >> 16
    h = h * 0x85EBCA6B & M
    h ^= h >> 13
    h = h * 0xC2B2AE35 & M
    return h ^ h >> 16


def u(seed, k, e):
    return (mix(mix(e ^ ((k + 1) * 0x9E3779B1 & M)) ^ ((seed + 1) * 0x85EBCA77 & M)) + 0.5) / 2**32


def least(ranked):
    ranked = sorted(ranked)
    assert len(ranked) < 2 or ranked[1][0] - ranked[0][0] > 1e-12 * abs(ranked[0][0])
    return ranked[0][1]


def probability(weights, seed):
    return [least([(-math.log(u(seed, k, e)) / w, e) for e, w in weights]) for k in range(128)]


def consistent(weights, seed):
    def place(k, e, w):
        u1, u2, u3, u4, u5 = (u(seed + n, k, e) for n in range(1, 6))
        r = -math.log(u1) - math.log(u2)
        t = math.floor(math.log(w) / r + u3)
        return math.log(-math.log(u4) - math.log(u5)) - r * (t - u3) - r, mix(e ^ (t * 0x9E3779B1 & M))
    return [least([place(k, e, w) for e, w in weights]) for k in range(128)]


def lattice(value):
    return 0 if value == 0 else 32768 if value - value != 0 else struct.unpack('<Q', struct.pack('<d', value))[0] >> 49


draw = random.Random(14)
cases = []
for seed in (0, 1, 67_108_858):
    weights = [(e, draw.randrange(1, 100)) for e in sorted(draw.sample(range(2**32), 30))]
    cases.append({'seed': seed, 'elements': [e for e, _ in weights], 'weights': [w for _, w in weights],
                  'probability': probability(weights, seed), 'consistent': consistent(weights, seed)})
values = [0.0, -0.0, 1.0, -1.5, 1e-310, 1.7e308, math.pi] + [draw.gauss(0, 10**draw.randrange(-5, 6)) for _ in range(93)]
out = {'peer': f'integers and math.log of Python {platform.python_version()}', 'seed': 14, 'tolerance': 0, 'reason': 'integers',
       'cases': cases, 'lattice': [[value, lattice(value)] for value in values]}
pathlib.Path(__file__).parent.parent.joinpath('signatures.json').write_text(json.dumps(out) + '\n')
