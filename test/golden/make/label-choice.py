"""Makes ../label-choice.json: beliefs about labels and models, and the row to label next.

Peers: scikit-learn's GaussianProcessRegressor (mean and covariance of the labels), scipy.stats.entropy (ModelSelector:
Okanovic et al. 2024, written down here from the paper's equations, as no package holds it); versions in the file. The row
to label next is found here by fitting the process anew for every label that every row might have.
Seed: numpy.random.default_rng(31). Tolerance 1e-9: solutions of systems of up to 12 equations, double precision.
Run: python test/golden/make/label-choice.py
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.special import logsumexp
from scipy.stats import entropy
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, PairwiseKernel, WhiteKernel

POWER, OWN, BELIEF, SHARPNESS, VARIANCE, SMOOTHING = 4, 0.1, 0.7, 2, 0.25, 0.1


def prior(said, classes, weights):
    shares = np.stack([((said == c) * weights[:, None]).sum(0) for c in range(classes)], axis=1)
    return BELIEF * shares / shares.sum(1, keepdims=True) + (1 - BELIEF) / classes


def posterior(said, classes, weights, labels):
    """Mean, shape (rows, classes), and covariance, shape (rows, rows), of the labels of all rows."""
    kernel = ConstantKernel(1.0, "fixed") * PairwiseKernel(
        gamma_bounds="fixed", metric=lambda a, b, gamma=1: (a == b).mean() ** POWER
    ) + WhiteKernel(OWN, "fixed")
    mean = prior(said, classes, weights)
    if not labels:
        return mean, kernel(said.T)
    rows = list(labels)
    residuals = np.eye(classes + 1)[[labels[row] for row in rows]][:, :classes] - mean[rows]
    process = GaussianProcessRegressor(kernel, alpha=0.0, optimizer=None).fit(said[:, rows].T, residuals)
    shift, covariance = process.predict(said.T, return_cov=True)
    found = mean + shift
    for row in rows:  # the process smooths over its own noise; a label that is known is known
        found[row] = np.eye(classes + 1)[labels[row], :classes]
    return found, covariance[:, :, 0] if covariance.ndim == 3 else covariance


def accuracies(said, classes, weights, labels, disagreed):
    mean, _ = posterior(said, classes, weights, labels)
    return np.array([mean[disagreed, said[h, disagreed]].mean() for h in range(len(said))])


def soft_most(values, tau):
    return tau * logsumexp(values / tau)


def gradients(said, classes, weights, labels, disagreed):
    before = accuracies(said, classes, weights, labels, disagreed)
    tau = SMOOTHING * before.std()
    mean, _ = posterior(said, classes, weights, labels)
    values = {}
    for row in disagreed:
        if int(row) in labels:
            continue
        p = np.maximum(mean[row], 1e-3)
        p /= p.sum()
        after = [accuracies(said, classes, weights, {**labels, int(row): c}, disagreed) for c in range(classes)]
        values[int(row)] = float(sum(p[c] * soft_most(after[c], tau) for c in range(classes)))
    return values


def selector(said, classes, labels, epsilon):
    gamma = (1 - epsilon) / epsilon
    right = np.array([sum(h[row] == label for row, label in labels.items()) for h in said])
    belief = gamma**right / (gamma**right).sum()
    entropies = np.zeros(said.shape[1])
    for c in range(classes):
        after = belief[:, None] * gamma ** (said == c)
        entropies += entropy(after / after.sum(0), axis=0) / classes
    return {"epsilon": epsilon, "belief": belief.tolist(), "entropies": entropies.tolist()}


rng = np.random.default_rng(31)
cases = []
for models, rows, classes, known, with_fits in [(5, 30, 3, 6, True), (4, 24, 2, 3, False), (7, 20, 5, 0, True), (6, 40, 4, 12, False)]:
    truth = rng.integers(classes, size=rows)
    skill = rng.uniform(0.2, 0.9, size=models)
    said = np.where(rng.random((models, rows)) < skill[:, None], truth, rng.integers(classes, size=(models, rows)))
    said[:, :3] = said[0, :3]  # all agree
    fits = np.round(rng.uniform(0.2, 0.9, size=models), 3)
    weights = np.exp(SHARPNESS * (fits - fits.mean()) / fits.std()) if with_fits else np.ones(models)
    labels = {int(row): int(truth[row]) for row in rng.choice(np.arange(3, rows), known, replace=False)}
    if known:
        labels[int(next(iter(labels)))] = classes  # a class that no model knows; −1 in ModelHub
    disagreed = np.flatnonzero((said != said[0]).any(0))
    told = {row: label for row, label in labels.items() if row in disagreed}
    mean, covariance = posterior(said, classes, weights, told)
    open_rows = [int(row) for row in disagreed if row not in told]
    scale = VARIANCE / (1 + OWN)
    cases.append({
        "predictions": said.tolist(), "classes": classes, "fits": fits.tolist() if with_fits else None,
        "labels": [[row, -1 if label == classes else label] for row, label in labels.items()],
        "open": open_rows,
        "expected": mean[open_rows].tolist(),
        "covariance": (scale * covariance[np.ix_(open_rows, open_rows)]).tolist(),
        "accuracies": accuracies(said, classes, weights, told, disagreed).tolist(),
        "gradients": list(gradients(said, classes, weights, told, disagreed).items()),
        "selector": [selector(said, classes, labels, epsilon) for epsilon in (0.46, 0.3)],
    })
path = pathlib.Path(__file__).resolve().parents[1] / "label-choice.json"
path.write_text(json.dumps({"scipy": scipy.__version__, "scikit-learn": sklearn.__version__, "cases": cases}) + "\n")
