"""Makes ../pooled-adaptivity.json from the shared golden file divergence.json, found by MODELHUB_SHARED.

That file gives A, B and the adaptivity of the 2020 paper authors' public code. Which shuffle and which min-max scaling
it means was found by trying: of ten shuffles, scaling by table or partition, by column or flattened, and bins over
[0, 1] or the data's own range, all four thresholds agree only for numpy.random.RandomState(0).shuffle, started anew for
each table (pandas' sample and scikit-learn's shuffle give the same rows), and one range for the flattened partition.
This script asserts it. No divergence in it is infinite, so the code's 0 for infinite values does not show.
"""
import json
import os
import pathlib

import numpy as np
import scipy
from scipy.spatial.distance import jensenshannon

SIZE, BINS = 300, 100
shared = json.loads((pathlib.Path(os.environ['MODELHUB_SHARED']) / 'golden' / 'divergence.json').read_text())
golden = shared['adaptivity']


def shuffled_rows(rows):
    order = np.arange(rows)
    np.random.RandomState(0).shuffle(order)
    return order


def histograms(table, by_table):
    table = np.array(table)[shuffled_rows(len(table))]
    out = []
    for first in range(0, len(table), SIZE):
        part = table[first:first + SIZE]
        span = table if by_table else part
        flat = (part.ravel() - span.min()) / (span.max() - span.min())
        out.append(np.histogram(flat, bins=BINS, range=(0, 1))[0] / flat.size)
    return out


def divergences(by_table):
    source, target = histograms(golden['A'], by_table), histograms(golden['B'], by_table)
    return np.array([[jensenshannon(p, q) ** 2 for q in target] for p in source])


def by_threshold(js):
    return {t: float((js <= float(t)).sum() / js.shape[1]) for t in golden['by_threshold']}


partition, table = divergences(False), divergences(True)
assert by_threshold(partition) == golden['by_threshold']
out = {
    'peer': f'adaptivity of the 2020 paper authors\' public code; divergences by scipy {scipy.__version__}', 'seed': 0,
    'tolerance': 1e-13, 'why': 'sums of 100 rounded terms; adaptivity is a ratio of counts, so it is equal',
    'A': golden['A'], 'B': golden['B'], 'partition_rows': SIZE, 'bins': BINS,
    'order_A': shuffled_rows(len(golden['A'])).tolist(), 'order_B': shuffled_rows(len(golden['B'])).tolist(),
    'js_scaled_by_partition': partition.tolist(), 'js_scaled_by_table': table.tolist(),
    'adaptivity_scaled_by_partition': golden['by_threshold'], 'adaptivity_scaled_by_table': by_threshold(table),
}
pathlib.Path(__file__).parent.parent.joinpath('pooled-adaptivity.json').write_text(json.dumps(out) + '\n')
