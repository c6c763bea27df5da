"""Classes that zoo/cifar-skew's model `balanced` gives the CIFAR-10 test images, from Pillow and Python's onnxruntime.

Peers: Pillow and onnxruntime (versions in the file). No seed. Tolerance: 1 row in 500, since JPEG decoders may differ by
a grey level. The images are in the archive's own order; the argument is the folder of shared material.

    python test/golden/make/cifar-predictions.py ../shared
"""

import io
import json
import sys
import tarfile
from pathlib import Path

import numpy as np
import onnxruntime
import PIL
from PIL import Image

shared = Path(sys.argv[1])
images, labels = [], []
with tarfile.open(shared / "data/cifar10/test.tar.gz") as archive:
    for member in archive:
        if not member.isfile():
            continue
        image = Image.open(io.BytesIO(archive.extractfile(member).read())).convert("RGB")
        images.append(np.asarray(image, dtype=np.uint8))
        labels.append(Path(member.name).parent.name)
pixels = np.stack(images).transpose(0, 3, 1, 2)
session = onnxruntime.InferenceSession(shared / "zoo/cifar-skew/balanced.onnx")
logits = [session.run(["logits"], {"image": pixels[i : i + 500].astype(np.float32) / 255})[0] for i in range(0, 10000, 500)]
classes = np.concatenate(logits).argmax(1)
zoo = json.loads((shared / "zoo/cifar-skew/zoo.json").read_text())
names = next(entry for entry in zoo if entry["id"] == "balanced")["labels"]
accuracy = float(np.mean([names[c] == label for c, label in zip(classes, labels)]))
out = {
    "peer": f"Pillow {PIL.__version__}, onnxruntime {onnxruntime.__version__}",
    "tolerance": 0.002,
    "reason": "JPEG decoders may differ by a grey level",
    "accuracy": accuracy,
    "classes": "".join(map(str, classes)),
}
path = Path(__file__).parents[1] / "cifar-predictions.json"
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
