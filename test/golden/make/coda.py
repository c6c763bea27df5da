"""Makes ../coda.json: CODA's belief that each model is the best, and what labels are expected to tell of it.

Peers: scipy.stats.beta and scipy.integrate.quad (adaptive, in place of CODA's grid), the method written down here from
the paper (Kay et al. 2025), every model's confusion matrix filled row by row and every label that may come tried anew;
versions in the file. Seed: numpy.random.default_rng(43). Tolerance 2e-4: CODA's grid has 256 points.
Run: python test/golden/make/coda.py
"""
import json
import pathlib

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.stats import beta, entropy


def best_of(betas):
    found = []
    for h, mine in enumerate(betas):
        others = [other for k, other in enumerate(betas) if k != h]
        value, _ = quad(lambda x: mine.pdf(x) * np.prod([other.cdf(x) for other in others]), 0, 1, epsabs=1e-10, limit=200)
        found.append(value)
    return np.array(found) / sum(found)


def begin(said, classes):
    vote = [int(np.argmax([(column == c).sum() for c in range(classes)])) for column in said.T]
    tables = np.full((len(said), classes, classes), 1 / (classes - 1))
    for h, mine in enumerate(said):
        np.fill_diagonal(tables[h], 1)
        for c in range(classes):
            where = [row for row, v in enumerate(vote) if v == c]
            for row in where:
                tables[h, c, mine[row]] += 0.1 / len(where)
    return 2 * tables


def by_class(tables, c, extra=None):
    parameters = [(table[c, c], table[c].sum() - table[c, c]) for table in tables]
    if extra is not None:
        parameters = [(a + says, b + 1 - says) for (a, b), says in zip(parameters, extra)]
    return best_of([beta(a, b) for a, b in parameters])


def probabilities(tables, said):
    found = np.array([sum(table[:, mine] for table, mine in zip(tables, column)) for column in said.T])
    return found / found.sum(1, keepdims=True)


rng = np.random.default_rng(43)
cases = []
for models, rows, classes, known in [(3, 12, 2, 0), (4, 15, 3, 5), (6, 20, 4, 8)]:
    truth = rng.integers(classes, size=rows)
    skill = rng.uniform(0.2, 0.9, size=models)
    said = np.where(rng.random((models, rows)) < skill[:, None], truth, rng.integers(classes, size=(models, rows)))
    labels = {int(row): int(truth[row]) for row in rng.choice(rows, known, replace=False)}
    tables = begin(said, classes)
    for row, label in labels.items():
        for h in range(models):
            tables[h, label, said[h, row]] += 0.01
    of_rows = probabilities(tables, said)
    shares = of_rows.sum(0) / of_rows.sum()
    now = [by_class(tables, c) for c in range(classes)]
    best = sum(share * one for share, one in zip(shares, now))
    gains = []
    for row in range(rows):
        after = 0.0
        for c in range(classes):
            told = by_class(tables, c, (said[:, row] == c).astype(int))
            after += of_rows[row, c] * entropy(best + shares[c] * (told - now[c]), base=2)
        gains.append(entropy(best, base=2) - after)
    cases.append({
        "predictions": said.tolist(), "classes": classes, "labels": list(labels.items()),
        "shares": shares.tolist(), "best": best.tolist(), "gains": gains,
    })
path = pathlib.Path(__file__).resolve().parents[1] / "coda.json"
path.write_text(json.dumps({"scipy": scipy.__version__, "tolerance": 2e-4, "cases": cases}) + "\n")
