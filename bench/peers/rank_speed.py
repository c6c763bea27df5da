"""Times what `bench/rank-speed.ts` compares with; prints one JSON object.

    python rank_speed.py FOLDER MODEL...

FOLDER holds points.npy (n, 10), points-classes.npy, layer.npy (rows, width), layer-classes.npy and images.npy.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import sklearn
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

RUNS = 3
BATCH = 256


def seconds(work, runs=RUNS):
    """Median wall seconds, and what the last run gave."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        value = work()
        times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2], value


def log_me(features, classes):
    """LogME by MacKay's fixed point, as You et al. (2021) give it and thuml/LogME implements it."""
    features = features.astype(np.float64)
    rows, width = features.shape
    u, singular, _ = np.linalg.svd(features, full_matrices=False)
    squares = singular**2
    evidences = []
    for label in np.unique(classes):
        target = (classes == label).astype(np.float64)
        along = (u.T @ target) ** 2
        outside = max(float(target @ target - along.sum()), 0.0)
        alpha, beta = 1.0, 1.0
        for _ in range(11):
            ratio = alpha / beta
            gamma = (squares / (squares + ratio)).sum()
            m2 = (squares * along / (ratio + squares) ** 2).sum()
            residual = (along / (1 + squares / ratio) ** 2).sum() + outside
            alpha = gamma / (m2 + 1e-5)
            beta = (rows - gamma) / (residual + 1e-5)
            if abs(alpha / beta - ratio) / ratio <= 1e-3:
                break
        evidence = (
            width / 2 * np.log(alpha)
            + rows / 2 * np.log(beta)
            - 0.5 * np.log(alpha + beta * squares).sum()
            - 0.5 * (width - len(squares)) * np.log(alpha)
            - beta / 2 * residual
            - alpha / 2 * m2
            - rows / 2 * np.log(2 * np.pi)
        )
        evidences.append(evidence / rows)
    return float(np.mean(evidences))


def inference(model, images):
    """Seconds inside `run` of one model over all images, session opened before."""
    session = onnxruntime.InferenceSession(model)
    total = 0.0
    for start in range(0, len(images), BATCH):
        batch = images[start : start + BATCH]
        began = time.perf_counter()
        session.run(["logits"], {"image": batch})
        total += time.perf_counter() - began
    return total


def main(folder, models):
    folder = Path(folder)
    points, classes = np.load(folder / "points.npy"), np.load(folder / "points-classes.npy")
    layer, layer_classes = np.load(folder / "layer.npy"), np.load(folder / "layer-classes.npy")
    images = np.load(folder / "images.npy")
    silhouette = seconds(lambda: float(silhouette_score(points, classes, metric="cosine")), 1)
    full = seconds(lambda: PCA(10, svd_solver="full").fit_transform(layer), 1)
    randomised = seconds(lambda: PCA(10, svd_solver="randomized", random_state=0).fit_transform(layer))
    evidence = seconds(lambda: log_me(layer, layer_classes), 1)
    print(
        json.dumps(
            {
                "versions": {
                    "numpy": np.__version__,
                    "scikit-learn": sklearn.__version__,
                    "onnxruntime": onnxruntime.__version__,
                },
                "silhouette": {"seconds": silhouette[0], "value": silhouette[1]},
                "pca": {"full": full[0], "randomised": randomised[0]},
                "logme": {"seconds": evidence[0], "value": evidence[1]},
                "inference": sum(inference(model, images) for model in models),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
