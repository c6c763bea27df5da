"""Golden values of the image descriptor, from an implementation in numpy that shares nothing with ours.

Peer: numpy (version in the file); angles by arctan2, gradients by numpy.gradient, cells by reshaping.
Seed 4. Tolerance 2e-7: our values are stored as 32-bit floats, of magnitude below 1.

    python test/golden/make/image_descriptor.py
"""

import json
from pathlib import Path

import numpy as np

LUMA = np.array([299, 587, 114])


def cells(values):
    """(32, 32, ...) -> (16, 64, ...)"""
    rest = values.shape[2:]
    return values.reshape(4, 8, 4, 8, *rest).swapaxes(1, 2).reshape(16, 64, *rest)


def descriptor(image):
    colour = cells(image / 255)
    luma = (image.astype(np.int64) @ LUMA).astype(float)
    gy, gx = np.gradient(luma)
    angle = np.mod(np.arctan2(gy, gx), np.pi)
    sector = np.minimum(np.floor(angle / (np.pi / 8) + 1e-12).astype(int), 7)
    magnitude = np.hypot(gx, gy) / 255_000
    weights = np.where(sector[..., None] == np.arange(8), magnitude[..., None], 0)
    parts = [colour.mean(1), colour.std(1), cells(weights).mean(1)]
    return np.concatenate(parts, axis=1).ravel()


rng = np.random.default_rng(4)
y, x = np.mgrid[:32, :32]
ramp = np.stack([8 * x, 8 * y, 4 * (x + y)], axis=-1)
disc = np.where(((x - 15) ** 2 + (y - 12) ** 2 < 90)[..., None], [200, 40, 90], [10, 120, 250])
images = {
    "black": np.zeros((32, 32, 3)),
    "noise": rng.integers(0, 256, (32, 32, 3)),
    "ramp": ramp,
    "disc": disc,
    "stripes": np.repeat(((x - y) % 6 < 3)[..., None] * 255, 3, axis=-1),
}
cases = [
    {"name": name, "rgb": np.asarray(image, dtype=int).ravel().tolist(), "descriptor": descriptor(image).tolist()}
    for name, image in images.items()
]
out = {"peer": f"numpy {np.__version__}", "seed": 4, "tolerance": 2e-7, "reason": "stored as 32-bit floats", "cases": cases}
path = Path(__file__).parents[1] / "image-descriptor.json"
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")
