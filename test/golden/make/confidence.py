"""Golden values for src/confidence.

Peers: scipy 1.17.1 (logsumexp, log_softmax, softmax, minimize_scalar), numpy 2.2.6 (nuclear norm), scikit-learn 1.9.1
(log_loss, f1_score, accuracy_score, cohen_kappa_score); the versions used are written into the file.
Seed: numpy.random.default_rng(21).
Tolerance: 1e-9 relative, double precision on both sides; 1e-6 for the temperature (the peer's search stops at 1e-9 of a
flat minimum) and for what follows from it.

Run: python test/golden/make/confidence.py > test/golden/confidence.json
"""
import json
import sys

import numpy as np
import scipy
import scipy.stats
import sklearn
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, logsumexp, softmax
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score, log_loss

rng = np.random.default_rng(21)
cases = []
for name, rows, classes, sharpness in [("overconfident", 80, 4, 6.0), ("underconfident", 60, 3, 0.4), ("two classes", 50, 2, 2.0)]:
    labels = rng.integers(classes, size=rows)
    logits = rng.normal(size=(rows, classes)) + 1.2 * np.eye(classes)[labels]
    logits = np.round(logits * sharpness, 3)
    found = minimize_scalar(
        lambda log_t: log_loss(labels, softmax(logits / np.exp(log_t), axis=1), labels=range(classes)),
        bounds=(np.log(0.01), np.log(100)), method="bounded", options={"xatol": 1e-10},
    )
    temperature = float(np.exp(found.x))
    scaled = softmax(logits / temperature, axis=1)
    probabilities = softmax(logits, axis=1)
    energy = -2 * logsumexp(logits / 2, axis=1)
    ranked = np.sort(probabilities, axis=1)
    cases.append({
        "name": name, "logits": logits.tolist(), "labels": labels.tolist(),
        "temperature": temperature,
        "accuracy": accuracy_score(labels, logits.argmax(1)),
        "meanConfidenceAtTemperature": scaled.max(1).mean(),
        "meanConfidence": probabilities.max(1).mean(),
        "meanEntropy": scipy.stats.entropy(probabilities, axis=1).mean(),
        "meanMargin": (ranked[:, -1] - ranked[:, -2]).mean(),
        "nuclearNorm": np.linalg.norm(probabilities, "nuc") / np.sqrt(min(rows, classes) * rows),
        "meanEnergyAt2": energy.mean(),
        "metaDistributionEnergyAt2": -log_softmax(energy).mean(),
    })

votes = rng.integers(2, size=(5, 40))
json.dump({
    "by": f"scipy {scipy.__version__}, numpy {np.__version__}, scikit-learn {sklearn.__version__}",
    "seed": 21,
    "tolerance": {"value": 1e-9, "reason": "double precision on both sides; 1e-6 after the search for the temperature"},
    "cases": cases,
    "zoo": {
        "predictions": votes.tolist(),
        "agreement": [[accuracy_score(a, b) for a in votes] for b in votes],
        "kappa": cohen_kappa_score(votes[0], votes[1]),
        "f1": f1_score(votes[0], votes[1]),
    },
}, sys.stdout)
