"""Measures the digit models, as stored, through onnxruntime.

    python demo/digits/recipe/measure.py OUT

reads what make-data.mjs and train.py wrote into OUT, and writes OUT/stated.json (the accuracy of each model on held-out
digits under its own shift) and OUT/truth.csv (that of every model on every target). A digit that a model has no class for
counts as wrong.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

from digits import read_digits


def accuracy(session: onnxruntime.InferenceSession, classes: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """Share of the images for which the class with the greatest score is the label."""
    scores = np.concatenate([session.run(["logits"], {"image": x[i : i + 1000]})[0] for i in range(0, len(x), 1000)])
    return float((classes[scores.argmax(1)] == y).mean())


def main(out: Path) -> None:
    plan = json.loads((out / "plan.json").read_text())
    targets = {name: read_digits(out / "targets", name) for name in plan["targets"]}
    stated = {}
    truth = ["model,target,metric,value"]
    for name, labels in plan["models"].items():
        classes = np.array(labels)
        session = onnxruntime.InferenceSession(out / "models" / f"{name}.onnx")
        stated[name] = round(accuracy(session, classes, *read_digits(out / "held-out", name)), 4)
        for target, (x, y) in targets.items():
            truth.append(f"{name},{target},serving_accuracy,{accuracy(session, classes, x, y):.4f}")
        print(f"{name}: stated {stated[name]:.4f}", flush=True)
    (out / "stated.json").write_text(json.dumps(stated, indent=2) + "\n")
    (out / "truth.csv").write_text("\n".join(truth) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
