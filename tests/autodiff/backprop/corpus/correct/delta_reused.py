"""Rows: one name, delta, for every layer's error and for what arrives at it."""
import numpy as np

rng = np.random.default_rng(106)
x, t = rng.normal(size=(7, 2)), rng.normal(size=(7, 3))
params = {"w1": rng.normal(size=(2, 5)), "w2": rng.normal(size=(5, 4)), "w3": rng.normal(size=(4, 3))}


def sigmoid(z, deriv=False):
    if deriv:
        return z * (1 - z)
    return 1 / (1 + np.exp(-z))


def net(p):
    h1 = sigmoid(x @ p["w1"])
    h2 = sigmoid(h1 @ p["w2"])
    return h1, h2, h2 @ p["w3"]


def loss(p):
    return np.sum((net(p)[2] - t) ** 2) / len(x)


def gradients(p):
    h1, h2, out = net(p)
    delta = out - t
    delta = 2 * delta / len(x)
    g3 = h2.T @ delta
    delta = delta @ p["w3"].T
    delta = delta * sigmoid(h2, deriv=True)
    g2 = h1.T @ delta
    delta = delta @ p["w2"].T
    delta *= sigmoid(h1, deriv=True)
    g1 = x.T @ delta
    return dict(w1=g1, w2=g2, w3=g3)
