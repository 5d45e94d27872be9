"""Layers in lists; the loop backwards ends one too soon and the first layer stays at zero [10b]."""
import numpy as np

rs = np.random.RandomState(31)
SIZES = [3, 5, 4, 2]
DEPTH = len(SIZES) - 1
DATA = rs.randn(7, 3)
GOAL = rs.randn(7, 2)
params = {}
for k in range(DEPTH):
    params["w%d" % k] = rs.randn(SIZES[k], SIZES[k + 1]) * 0.6
    params["b%d" % k] = rs.randn(SIZES[k + 1]) * 0.3


def forward(p):
    layers = [DATA]
    for k in range(DEPTH):
        s = layers[-1] @ p["w%d" % k] + p["b%d" % k]
        layers.append(np.tanh(s) if k < DEPTH - 1 else s)
    return layers


def loss(p):
    return np.mean(np.sum((forward(p)[-1] - GOAL) ** 2, axis=1))


def gradients(p):
    layers = forward(p)
    grads = {name: np.zeros_like(value) for name, value in p.items()}
    delta = 2 * (layers[-1] - GOAL) / len(DATA)
    for k in range(DEPTH - 1, 0, -1):  # fault: layer 0 never reached | right: for k in range(DEPTH - 1, -1, -1):
        grads["w%d" % k] += layers[k].T @ delta
        grads["b%d" % k] += delta.sum(axis=0)
        if k > 0:
            delta = delta @ p["w%d" % k].T * (1 - layers[k] ** 2)
    return grads
