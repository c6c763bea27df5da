"""Makes ../min-hash-bands.json: datasketch's permutations, signatures, choices of bands and answers of its two indexes.

Peer: datasketch. Seed 17 for the sets, those named for the permutations. Tolerance: none; integers and sets of keys.
Elements are 32-bit numbers, which stand for their own hashes. With three partitions and more datasketch 2.0 traces its cuts
back through the costs of one partition too many (`cost[u1, p2i(p)]` for `p2i(p - 1)`), so that its cuts are not the best:
there the test asks for a cost no greater than that of its cuts.
"""
import json
import pathlib
import random

import datasketch
import numpy as np
from datasketch import MinHash, MinHashLSH, MinHashLSHEnsemble
from datasketch.lsh import _optimal_param
from datasketch.lshensemble import _optimal_param as _optimal_containment
from datasketch.lshensemble_partition import optimal_partitions

draw = random.Random(17)


def sign(elements, **options):
    m = MinHash(hashfunc=lambda x: x, **options)
    m.update_batch(elements)
    return [int(v) for v in m.hashvalues], m


signatures = []
for scheme in ('affine32', 'legacy'):
    for seed, permutations, count in ((1, 16, 40), (0, 13, 1), (4294967295, 128, 300), (42, 3, 0)):
        elements = [draw.randrange(2**32) for _ in range(count)] + ([0, 2**32 - 1] if count == 300 else [])
        signature, m = sign(elements, num_perm=permutations, seed=seed, scheme=scheme)
        signatures.append({'scheme': scheme, 'seed': seed, 'permutations': permutations, 'elements': elements,
                           'a': [str(v) for v in m.permutations[0]], 'b': [str(v) for v in m.permutations[1]],
                           'signature': signature})

bands = []
for n in (16, 100, 128):
    for threshold in (0.05, 0.2, 0.4, 0.5, 0.6, 0.8, 0.95):
        for weights in ((0.5, 0.5), (0.3, 0.7), (0.8, 0.2)):
            bands.append({'length': n, 'threshold': threshold, 'weights': weights,
                          'bands': list(_optimal_param(threshold, n, *weights))})

containment = []
for n, most in ((64, 4), (128, 8)):
    for threshold in (0.3, 0.5, 0.8):
        for ratio in (0.05, 0.4, 1.0, 2.5, 30.0):
            shape = _optimal_containment(threshold, n, most, ratio, 0.5, 0.5)
            containment.append({'length': n, 'most': most, 'threshold': threshold, 'ratio': ratio, 'bands': list(shape)})

partitions = []
for count, parts in ((1, 4), (6, 4), (60, 2), (60, 5), (200, 16)):
    sizes = sorted(int(10 ** draw.uniform(0, 3)) + 1 for _ in range(count))
    distinct = sorted(set(sizes))
    cut = optimal_partitions(np.array(distinct),
                             np.array([sizes.count(x) for x in distinct]), parts)
    partitions.append({'sizes': sizes, 'parts': parts, 'cut': [[int(l), int(u)] for l, u in cut]})

# Sets around a few centres, so that some are alike and some contain others.
centres = [[draw.randrange(2**32) for _ in range(60)] for _ in range(6)]
sets = []
for i in range(60):
    centre = centres[i % 6]
    kept = draw.sample(centre, draw.randrange(10, 60))
    sets.append(kept + [draw.randrange(2**32) for _ in range(draw.randrange(0, 30))])
hashed = [sign(s, num_perm=128, seed=1)[1] for s in sets]
lsh = MinHashLSH(threshold=0.5, num_perm=128)
for i, m in enumerate(hashed):
    lsh.insert(i, m)
ensemble = MinHashLSHEnsemble(threshold=0.6, num_perm=128, num_part=2, m=8)
ensemble.index([(i, m, len(set(s))) for i, (m, s) in enumerate(zip(hashed, sets))])
index = {'sets': sets, 'threshold': 0.5, 'found': [sorted(lsh.query(m)) for m in hashed],
         'containmentThreshold': 0.6, 'parts': 2,
         'contained': [sorted(set(ensemble.query(m, len(set(s))))) for m, s in zip(hashed, sets)]}
out = {'peer': f'datasketch {datasketch.__version__}', 'seed': 17, 'tolerance': 0, 'reason': 'integers',
       'signatures': signatures, 'bands': bands, 'containment': containment, 'partitions': partitions, 'index': index}
pathlib.Path(__file__).parent.parent.joinpath('min-hash-bands.json').write_text(json.dumps(out) + '\n')
