"""Latency of the measures of Zhou et al. (2020), Table 1, in Python libraries, for bench/measure-latencies.ts.

    latencies.py TASK

TASK is JSON: tables (file of float64, rows, features), pooled histograms of all tables, the numbers of the queries, rounds.
Prints JSON: milliseconds per query against all tables, the best round (MMD once). Jaccard, KL and JS start from signatures
and histograms that are there already; MMD is the biased estimate over all pairs of rows, columns divided by the query's
standard deviation, bandwidth √features, as there is nothing to store for it.
"""
import json
import sys
import time

import datasketch
import numpy as np
import scipy
from datasketch import MinHash
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

task = json.load(open(sys.argv[1]))
tables = [np.fromfile(t['file']).reshape(t['rows'], t['features']) for t in task['tables']]
histograms = [np.array(h) for h in task['histograms']]
queries = task['queries']


def milliseconds(work, rounds=task['rounds']):
    least = float('inf')
    for _ in range(rounds):
        began = time.perf_counter()
        for q in queries:
            work(q)
        least = min(least, time.perf_counter() - began)
    return 1000 * least / len(queries)


def signatures(table):
    """One MinHash a column, of the pairs (bin, how often the bin came before): the multiset of §3.4."""
    first, signed = MinHash(num_perm=128, hashfunc=int), []
    bins = np.clip(((table - table.min()) / (table.max() - table.min()) * 100).astype(int), 0, 99)
    for column in bins.T:
        counts = np.bincount(column, minlength=100)
        elements = [b * 65536 + i for b in range(100) for i in range(counts[b])]
        m = MinHash(num_perm=128, hashfunc=int, permutations=first.permutations, scheme=first.scheme)
        m.update_batch(elements)
        signed.append(m)
    return signed


def squares(x, y):
    return (x * x).sum(1)[:, None] + (y * y).sum(1)[None] - 2 * x @ y.T


def mmd(x, y, width):
    kernel = lambda a, b: np.exp(-squares(a, b) / (2 * width * width)).mean()
    return kernel(x, x) + kernel(y, y) - 2 * kernel(x, y)


def all_mmd(q):
    scale = tables[q].std(0)
    scale[scale == 0] = 1
    target = tables[q] / scale
    return [mmd(table / scale, target, np.sqrt(target.shape[1])) for table in tables]


signed = [signatures(table) for table in tables]
print(json.dumps({
    'peer': f'datasketch {datasketch.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}',
    'jaccard': milliseconds(lambda q: [np.mean([a.jaccard(b) for a, b in zip(s, signed[q])]) for s in signed]),
    'kl': milliseconds(lambda q: [entropy(histograms[q] + 1e-4, h + 1e-4) for h in histograms]),
    'js': milliseconds(lambda q: [jensenshannon(h, histograms[q]) ** 2 for h in histograms]),
    'mmd': milliseconds(all_mmd, 1)}))
