r"""Golden values for what src/confidence predicts of accuracies, and for soft F1.

Peers: nannyml 0.13.1 (CBPE: estimate_accuracy, estimate_f1, its estimators of two classes), ATC_helper.py of
saurabhgarg1996/ATC_code at 3a84c59 (the authors' threshold and prediction; not on PyPI, hence an argument),
scikit-learn 1.9.1 (CBPE of several classes: confusion_matrix and f1_score of each row once a class, weighing its
probability; soft F1 likewise; accuracy_score, precision_score), scipy 1.17.1 (softmax); the versions used are written
into the file. The sources are the cases of confidence.json, at the temperatures found there.
Seed: numpy.random.default_rng(22).
Tolerance: 1e-6 relative, that of the temperature.

Run: NML_DISABLE_USAGE_LOGGING=1 python test/golden/make/predicted-accuracy.py FOLDER_OF_ATC_HELPER \
  > test/golden/predicted-accuracy.json
"""
import json
import pathlib
import sys

import nannyml
import numpy as np
import scipy
import sklearn
from nannyml.performance_estimation.confidence_based.metrics import estimate_accuracy, estimate_f1
from scipy.special import softmax
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_score

sys.path.insert(0, sys.argv[1])
from ATC_helper import find_ATC_threshold, get_ATC_acc, get_max_conf  # noqa: E402

rng = np.random.default_rng(22)
golden = pathlib.Path(__file__).parent.parent
cases = []
for case in json.loads((golden / "confidence.json").read_text())["cases"]:
    labels, logits = np.array(case["labels"]), np.array(case["logits"])
    classes = logits.shape[1]
    target = np.round(0.7 * rng.permutation(logits)[:45] + rng.normal(size=(45, classes)), 3)
    source = softmax(logits / case["temperature"], axis=1)
    scaled = softmax(target / case["temperature"], axis=1)
    answered, predicted = source.argmax(1), scaled.argmax(1)
    _, threshold = find_ATC_threshold(get_max_conf(source), answered == labels)
    accuracy = accuracy_score(labels, answered)
    # Each row once a class: true class, predicted class, probability.
    truth = np.tile(np.arange(classes), len(scaled))
    twice = {"y_true": truth, "y_pred": np.repeat(predicted, classes), "sample_weight": scaled.ravel()}
    precision = precision_score(labels, answered, average=None, labels=range(classes), zero_division=np.nan)
    wanted = {
        "name": case["name"],
        "logits": logits.tolist(),
        "labels": labels.tolist(),
        "target": target.tolist(),
        "atc": {"threshold": threshold, "accuracy": get_ATC_acc(threshold, get_max_conf(scaled)) / 100},
        "doc": float(np.clip(accuracy - (source.max(1).mean() - scaled.max(1).mean()), 0, 1)),
        "cbpe": {
            "confusion": confusion_matrix(labels=range(classes), **twice).tolist(),
            "accuracy": accuracy_score(**twice),
            "f1": f1_score(average=None, labels=range(classes), **twice).tolist(),
            "macroF1": f1_score(average="macro", labels=range(classes), **twice),
        },
        "byPredictedClass": np.where(np.isnan(precision), accuracy, precision)[predicted].mean(),
    }
    if classes == 2:
        wanted["nannyml"] = {
            "accuracy": float(estimate_accuracy(predicted, scaled[:, 1])),
            "f1": float(estimate_f1(predicted, scaled[:, 1])),
        }
    cases.append(wanted)

votes = rng.integers(2, size=(4, 30))
weights = [1.0, 0.5, 2.0, 0.25]
crowd = np.average(votes, axis=0, weights=weights)
soft = [
    f1_score(
        np.repeat([1, 0], len(crowd)), np.tile(own, 2), sample_weight=np.concatenate([crowd, 1 - crowd])
    )
    for own in votes
]
json.dump(
    {
        "by": f"nannyml {nannyml.__version__}, ATC_code 3a84c59, scikit-learn {sklearn.__version__}, "
        f"scipy {scipy.__version__}, numpy {np.__version__}",
        "seed": 22,
        "tolerance": {"value": 1e-6, "reason": "that of the temperature that both sides search for"},
        "cases": cases,
        "softF1": {"predictions": votes.tolist(), "weights": weights, "scores": soft},
    },
    sys.stdout,
)
