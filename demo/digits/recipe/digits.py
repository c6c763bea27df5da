"""Reads IDX files."""

from pathlib import Path

import numpy as np


def read_digits(folder: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Images as float32 of shape (N, 1, 28, 28) in [0, 1], and labels of shape (N)."""
    images = np.fromfile(folder / f"{name}-images-idx3-ubyte", np.uint8)[16:]
    labels = np.fromfile(folder / f"{name}-labels-idx1-ubyte", np.uint8)[8:]
    return images.reshape(-1, 1, 28, 28).astype(np.float32) / np.float32(255), labels
