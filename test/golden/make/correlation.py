"""Makes ../correlation.json: Pearson, Kendall's tau-b and weighted tau by scipy."""
import json
import pathlib

import numpy as np
import scipy
from scipy.stats import kendalltau, pearsonr, weightedtau

SEED = 20204
random = np.random.default_rng(SEED)


def case(name, x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    return {
        'name': name, 'x': x.tolist(), 'y': y.tolist(), 'pearson': float(pearsonr(x, y)[0]),
        'kendall': float(kendalltau(x, y)[0]), 'weighted': float(weightedtau(x, y)[0]),
    }


x = random.standard_normal(39)
cases = [
    case('correlated', x, x + random.standard_normal(39)),
    case('reversed', [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]),
    case('ties in one', [1, 1, 2, 2, 3, 4], [1, 2, 3, 4, 5, 6]),
    case('ties in both', random.integers(0, 5, 60), random.integers(0, 4, 60)),
    case('far from zero', 1e6 + x, 1e6 - 0.5 * x + random.standard_normal(39)),
    case('two', [1, 2], [5, 4]),
]
out = {
    'peer': f'scipy {scipy.__version__}: pearsonr, kendalltau (variant b), weightedtau (defaults)', 'seed': SEED,
    'tolerance': 1e-12, 'why': 'sums of at most 1770 rounded terms, the means in another order', 'cases': cases,
}
pathlib.Path(__file__).parent.parent.joinpath('correlation.json').write_text(json.dumps(out) + '\n')
