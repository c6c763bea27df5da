"""Signs sets with datasketch, puts them into its LSH and asks for some, for bench/minhash-peer.ts.

    min-hash.py SETS COUNT SIZE QUERIES THRESHOLD ROUNDS

SETS holds COUNT × SIZE little-endian 32-bit numbers, which stand for their own hashes: neither side hashes anything else.
Prints JSON: seconds (the best of ROUNDS) of signing one by one and in bulk, of inserting and of asking; the candidates of
each query, and a checksum of all signatures.
"""
import json
import sys
import time
import zlib

import datasketch
import numpy as np
from datasketch import MinHash, MinHashLSH

path, count, size, queries, threshold, rounds = sys.argv[1], *map(int, sys.argv[2:5]), float(sys.argv[5]), int(sys.argv[6])
sets = np.fromfile(path, dtype='<u4').reshape(count, size).tolist()


def itself(value):
    return value


def best(work):
    least, result = float('inf'), None
    for _ in range(rounds):
        began = time.perf_counter()
        result = work()
        least = min(least, time.perf_counter() - began)
    return least, result


def one_by_one():
    first = MinHash(num_perm=128, seed=1, hashfunc=itself)
    signed = []
    for elements in sets:
        m = MinHash(num_perm=128, seed=1, hashfunc=itself, permutations=first.permutations, scheme=first.scheme)
        m.update_batch(elements)
        signed.append(m)
    return signed


def filled():
    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    began = time.perf_counter()
    for i, m in enumerate(signed):
        lsh.insert(i, m)
    return time.perf_counter() - began, lsh


sign, signed = best(one_by_one)
bulk, _ = best(lambda: MinHash.bulk(sets, num_perm=128, seed=1, hashfunc=itself))
insert, lsh = min((filled() for _ in range(rounds)), key=lambda pair: pair[0])
ask, found = best(lambda: [lsh.query(m) for m in signed[:queries]])
verify, _ = best(lambda: [[k for k in lsh.query(m) if signed[k].jaccard(m) > threshold] for m in signed[:queries]])
checksum = zlib.crc32(np.concatenate([m.hashvalues for m in signed]).astype('<u4').tobytes())
print(json.dumps({'peer': f'datasketch {datasketch.__version__}, NumPy {np.__version__}, Python {sys.version.split()[0]}',
                  'bands': [lsh.b, lsh.r], 'sign': sign, 'bulk': bulk, 'insert': insert, 'ask': ask, 'verify': verify,
                  'found': [sorted(keys) for keys in found], 'checksum': checksum}))
