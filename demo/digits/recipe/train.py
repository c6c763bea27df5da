"""Trains the digit models and measures them, as stored, through onnxruntime.

    python demo/digits/recipe/train.py OUT

reads what make-data.mjs wrote into OUT, and writes OUT/models/*.onnx, OUT/stated.json (the accuracy of each model on
held-out digits under its own shift) and OUT/truth.csv (that of every model on every target). A digit that a model has no
class for counts as wrong.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime

from digits import read_digits
from network import to_onnx, train


def accuracy(session: onnxruntime.InferenceSession, classes: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """Share of the images for which the class with the greatest score is the label."""
    scores = np.concatenate([session.run(["logits"], {"image": x[i : i + 1000]})[0] for i in range(0, len(x), 1000)])
    return float((classes[scores.argmax(1)] == y).mean())


def main(out: Path) -> None:
    plan = json.loads((out / "plan.json").read_text())
    (out / "models").mkdir(exist_ok=True)
    targets = {name: read_digits(out / "targets", name) for name in plan["targets"]}
    stated = {}
    truth = ["model,target,metric,value"]
    for seed, (name, labels) in enumerate(plan["models"].items()):
        started = time.monotonic()
        classes = np.array(labels)
        x, y = read_digits(out / "train", name)
        weights = train(x, np.searchsorted(classes, y), len(classes), seed)
        path = out / "models" / f"{name}.onnx"
        path.write_bytes(to_onnx(weights, len(classes)))
        session = onnxruntime.InferenceSession(path)
        stated[name] = round(accuracy(session, classes, *read_digits(out / "held-out", name)), 4)
        for target, (images, digits) in targets.items():
            truth.append(f"{name},{target},serving_accuracy,{accuracy(session, classes, images, digits):.4f}")
        print(f"{name}: stated {stated[name]:.4f}, {time.monotonic() - started:.0f} s", flush=True)
    (out / "stated.json").write_text(json.dumps(stated, indent=2) + "\n")
    (out / "truth.csv").write_text("\n".join(truth) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
