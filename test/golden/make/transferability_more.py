"""Golden values for src/math and src/transferability beyond test/golden/transferability.json.

Peers: scikit-learn 1.9.1, scipy 1.17.1, numpy 2.2.6 (the versions used are written into the file).
Seed: numpy.random.default_rng(20).
Inputs are whole numbers over 100 and exactly representable as integers, divided in the test; they reach our code in
single precision, off by 6e-8 of their size.
Tolerances: 1e-6 relative for what single-precision input limits (PCA, silhouette, regularised H-score); 1e-5 for the
coefficients of the logistic regression (two optimisers stopped at a gradient of 1e-9 each, on rounded input); accuracies
are exact; 5e-3 absolute for the log evidence, which eleven steps of LogME's fixed point only approach, from below.

Run: python test/golden/make/transferability_more.py > test/golden/transferability-more.json
"""
import json
import sys

import numpy as np
import scipy
import scipy.optimize
import sklearn
from sklearn.covariance import LedoitWolf
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import silhouette_score
from sklearn.model_selection import LeaveOneOut, cross_val_score
from sklearn.neighbors import KNeighborsClassifier

rng = np.random.default_rng(20)


def blobs(rows, dimensions, sizes, spread):
    labels = np.repeat(np.arange(len(sizes)), sizes)
    assert len(labels) == rows
    centres = rng.normal(size=(len(sizes), dimensions)) * spread
    noise = rng.normal(size=(rows, dimensions)) * np.linspace(2, 0.2, dimensions)
    features = np.round((centres[labels] + noise + 1.5) * 100).astype(int)
    order = rng.permutation(rows)
    return features[order], labels[order]


def pca(features, count):
    fitted = PCA(count, svd_solver="full").fit(features)
    signs = np.sign(fitted.components_[np.arange(count), np.abs(fitted.components_).argmax(1)])
    return {
        "count": count,
        "explainedVariance": fitted.explained_variance_.tolist(),
        "components": (fitted.components_ * signs[:, None])[:3].tolist(),
        "firstProjected": (fitted.transform(features)[:5] * signs).tolist(),
        "silhouette": {},
    }


def regularised_h_score(features, labels):
    """Ibrahim et al. (2021) by scikit-learn's Ledoit-Wolf covariance and the pseudo-inverse."""
    fitted = LedoitWolf().fit(features)
    means = np.array([features[labels == label].mean(0) for label in labels])
    between = (1 - fitted.shrinkage_) * np.cov(means, rowvar=False)
    return np.trace(np.linalg.pinv(fitted.covariance_, rcond=1e-15) @ between)


def log_evidence(features, labels):
    """Largest log evidence per row, by the dense formula of You et al. (2021) and a general optimiser."""
    n, d = features.shape
    gram = features.T @ features
    best = []
    for k in range(labels.max() + 1):
        y = (labels == k).astype(float)

        def negative(logs):
            alpha, beta = np.exp(logs)
            a = alpha * np.eye(d) + beta * gram
            m = beta * np.linalg.solve(a, features.T @ y)
            return -(
                n / 2 * np.log(beta) + d / 2 * np.log(alpha) - n / 2 * np.log(2 * np.pi)
                - beta / 2 * ((features @ m - y) ** 2).sum() - alpha / 2 * m @ m - np.linalg.slogdet(a)[1] / 2
            )

        found = scipy.optimize.minimize(negative, [0, 0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-11})
        best.append(-found.fun / n)
    return np.mean(best)


cases = []
for name, rows, dimensions, sizes, spread in [
    ("tall, by subspace iteration", 150, 110, [60, 50, 39, 1], 0.5),
    ("wide", 40, 70, [14, 13, 13], 0.6),
    ("small, with zero vectors and a class of one", 50, 6, [20, 19, 10, 1], 0.8),
]:
    whole, labels = blobs(rows, dimensions, sizes, spread)
    if "zero" in name:
        whole[[3, 7, 30]] = 0
    features = whole / 100
    count = min(10, dimensions)
    components = pca(features, count)
    projected = PCA(count, svd_solver="full").fit_transform(features)
    for metric in ("cosine", "euclidean"):
        components["silhouette"][metric] = silhouette_score(projected, labels, metric=metric)
    kept = np.isin(labels, np.where(np.bincount(labels) > 1)[0])
    cases.append(
        {
            "name": name,
            "hundredths": whole.tolist(),
            "labels": labels.tolist(),
            "pca": components,
            "silhouette": {m: silhouette_score(features, labels, metric=m) for m in ("cosine", "euclidean")},
            "logEvidence": log_evidence(features, labels),
            "regularisedHScore": regularised_h_score(features, labels),
            "fiveNeighboursOfTwoClasses": cross_val_score(
                KNeighborsClassifier(5, algorithm="brute"), features, labels == 0, cv=LeaveOneOut()
            ).mean(),
            "neighbours": [
                {
                    "distance": metric,
                    "accuracy": cross_val_score(
                        KNeighborsClassifier(1, metric=metric, algorithm="brute"), features, labels, cv=LeaveOneOut()
                    ).mean(),
                }
                for metric in ("cosine", "euclidean")
                # Zero vectors are equal rows: scikit-learn then takes the first, ours shares the vote.
                if "zero" not in name
            ],
        }
    )

whole, labels = blobs(90, 5, [40, 30, 20], 0.5)
logistic = []
for c in (0.1, 1.0):
    fitted = LogisticRegression(C=c, tol=1e-9, max_iter=10_000).fit(whole / 100, labels)
    logistic.append(
        {
            "penalty": 1 / c,
            "coefficients": fitted.coef_.tolist(),
            "intercepts": fitted.intercept_.tolist(),
            "accuracy": fitted.score(whole / 100, labels),
        }
    )
json.dump(
    {
        "by": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__}",
        "seed": 20,
        "tolerance": {"value": 1e-6, "reason": "input reaches our code in single precision"},
        "cases": cases,
        "logistic": {
            "hundredths": whole.tolist(),
            "labels": labels.tolist(),
            "tolerance": {"value": 1e-5, "reason": "two optimisers, each stopped at a gradient of 1e-9, on rounded input"},
            "fits": logistic,
        },
    },
    sys.stdout,
)
