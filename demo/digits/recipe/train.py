"""Trains the digit models.

    python demo/digits/recipe/train.py OUT

reads what make-data.mjs wrote into OUT, and writes OUT/models/*.onnx.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

from digits import read_digits
from network import to_onnx, train


def main(out: Path) -> None:
    models = json.loads((out / "plan.json").read_text())["models"]
    (out / "models").mkdir(exist_ok=True)
    for seed, (name, classes) in enumerate(models.items()):
        started = time.monotonic()
        x, y = read_digits(out / "train", name)
        weights = train(x, np.searchsorted(classes, y), len(classes), seed)
        (out / "models" / f"{name}.onnx").write_bytes(to_onnx(weights, len(classes)))
        print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
