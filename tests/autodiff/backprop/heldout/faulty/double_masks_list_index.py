"""Masks saved in a list: read from the wrong end, and the output bias negative [8b, 10a, 10c]."""
import numpy as np

rng = np.random.RandomState(236)
X, Y = rng.randn(7, 3), rng.randn(7, 1)
params = {"a": rng.randn(3, 5), "b": rng.randn(5, 5), "c": rng.randn(5, 1), "k": rng.randn(1)}


def forward(p):
    masks, hiddens, h = [], [X], X
    for W in (p["a"], p["b"]):
        h = h @ W
        masks.append(h > 0)
        h = h * masks[-1]
        hiddens.append(h)
    return masks, hiddens, h @ p["c"] + p["k"]


def loss(p):
    return 0.5 * np.mean((forward(p)[2] - Y) ** 2)


def gradients(p):
    masks, hiddens, out = forward(p)
    g = (out - Y) / len(Y)
    grads = {"c": hiddens[2].T @ g}
    grads["k"] = np.sum(Y - out, axis=0) / len(Y)  # fault: sign flipped | right: grads["k"] = np.sum(out - Y, axis=0) / len(Y)
    g = (g @ p["c"].T) * masks[1]
    grads["b"] = hiddens[1].T @ g
    g = (g @ p["b"].T) * masks[-1]  # fault: mask from the wrong layer | right: g = (g @ p["b"].T) * masks[0]
    grads["a"] = X.T @ g
    return grads
