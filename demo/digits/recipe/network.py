"""A small convolutional network: its training with JAX, and its ONNX file with weights of 16 bits."""

import jax
import jax.numpy as jnp
import numpy as np
import onnx
from jax import lax, random
from onnx import TensorProto, helper, numpy_helper

EPOCHS = 6
BATCH = 100
RATE = 2e-3

CONVOLUTIONS = {"conv1": (16, 1, 5, 5), "conv2": (32, 16, 5, 5)}
DENSE = {"hidden": (512, 64)}


def start(key, classes: int) -> dict:
    """Weights drawn after He et al. (2015), biases 0."""
    shapes = CONVOLUTIONS | DENSE | {"scores": (64, classes)}
    weights = {}
    for name, shape in shapes.items():
        key, own = random.split(key)
        inputs, outputs = (shape[0], shape[1]) if len(shape) == 2 else (np.prod(shape[1:]), shape[0])
        weights[name] = random.normal(own, shape) * jnp.sqrt(2 / inputs)
        weights[f"{name}_bias"] = jnp.zeros(outputs)
    return weights


def logits(weights: dict, x):
    """Scores of shape (N, classes) of images of shape (N, 1, 28, 28)."""
    for name in CONVOLUTIONS:
        x = lax.conv_general_dilated(x, weights[name], (1, 1), "VALID")
        x = jnp.maximum(x + weights[f"{name}_bias"][:, None, None], 0)
        x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
    x = x.reshape(x.shape[0], -1)
    x = jnp.maximum(x @ weights["hidden"] + weights["hidden_bias"], 0)
    return x @ weights["scores"] + weights["scores_bias"]


def loss(weights: dict, x, y):
    """Cross entropy, mean of the batch."""
    return -jnp.take_along_axis(jax.nn.log_softmax(logits(weights, x)), y[:, None], 1).mean()


@jax.jit
def step(weights, means, squares, x, y, t, rate):
    """One step of Adam (Kingma and Ba 2015)."""
    gradient = jax.grad(loss)(weights, x, y)
    means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradient)
    squares = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, squares, gradient)

    def moved(w, m, s):
        return w - rate * (m / (1 - 0.9**t)) / (jnp.sqrt(s / (1 - 0.999**t)) + 1e-8)

    return jax.tree.map(moved, weights, means, squares), means, squares


def train(x: np.ndarray, y: np.ndarray, classes: int, seed: int) -> dict:
    """Weights after a few epochs, the rate falling to 0 along a line."""
    weights = start(random.key(seed), classes)
    means = jax.tree.map(jnp.zeros_like, weights)
    squares = means
    order = np.random.default_rng(seed)
    steps = EPOCHS * (len(x) // BATCH)
    t = 0
    for _ in range(EPOCHS):
        rows = order.permutation(len(x))[: len(x) // BATCH * BATCH].reshape(-1, BATCH)
        for batch in rows:
            t += 1
            weights, means, squares = step(weights, means, squares, x[batch], y[batch], t, RATE * (1 - (t - 1) / steps))
    return {name: np.asarray(value) for name, value in weights.items()}


def to_onnx(weights: dict, classes: int) -> bytes:
    """The network as ONNX: input `image` (N, 1, 28, 28), output `logits` (N, classes), embedding `embedding` (N, 64)."""
    stored = [numpy_helper.from_array(value.astype(np.float16), f"{name}_16") for name, value in weights.items()]
    nodes = [helper.make_node("Cast", [f"{name}_16"], [name], to=TensorProto.FLOAT) for name in weights]
    last = "image"
    for name in CONVOLUTIONS:
        nodes += [
            helper.make_node("Conv", [last, name, f"{name}_bias"], [f"{name}_out"]),
            helper.make_node("Relu", [f"{name}_out"], [f"{name}_relu"]),
            helper.make_node("MaxPool", [f"{name}_relu"], [f"{name}_pool"], kernel_shape=[2, 2], strides=[2, 2]),
        ]
        last = f"{name}_pool"
    nodes += [
        helper.make_node("Flatten", [last], ["flat"]),
        helper.make_node("Gemm", ["flat", "hidden", "hidden_bias"], ["hidden_out"]),
        helper.make_node("Relu", ["hidden_out"], ["embedding"]),
        helper.make_node("Gemm", ["embedding", "scores", "scores_bias"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "digits",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 1, 28, 28])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", classes])],
        stored,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()
