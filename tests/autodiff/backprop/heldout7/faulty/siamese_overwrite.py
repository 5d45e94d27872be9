"""Siamese pair with shared weights, the second tower writes over the first one's gradient [9a]."""
import numpy as np

rng = np.random.default_rng(55)
left = rng.normal(size=(6, 3))
right = rng.normal(size=(6, 3))
same = np.array([1, 0, 1, 1, 0, 0.0])
params = {"W": rng.normal(size=(3, 4)) * 0.5, "b": rng.normal(size=4) * 0.3, "scale": np.array([0.7])}


def tower(x, W, b):
    return np.tanh(x @ W + b)


def distance(p):
    u, v = tower(left, p["W"], p["b"]), tower(right, p["W"], p["b"])
    return u, v, np.sum((u - v) ** 2, axis=1)


def loss(p):
    _, _, d = distance(p)
    logit = 1.0 - p["scale"] * d
    return np.sum(np.log(1 + np.exp(logit)) - same * logit) / 6


def gradients(p):
    u, v, d = distance(p)
    q = 1 / (1 + np.exp(-(1.0 - p["scale"] * d)))
    dlogit = (q - same) / 6
    grads = {k: np.zeros_like(a) for k, a in p.items()}
    grads["scale"] += -np.sum(dlogit * d)
    dd = -p["scale"] * dlogit
    du = 2 * (u - v) * dd[:, None]
    dv = -du
    dzu = du * (1 - u ** 2)
    dzv = dv * (1 - v ** 2)
    grads["b"] += dzu.sum(axis=0) + dzv.sum(axis=0)
    grads["W"] += left.T @ dzu
    grads["W"] = right.T @ dzv  # fault: written over the left tower's | right: grads["W"] += right.T @ dzv
    return grads
