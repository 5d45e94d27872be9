"""Rows, layer norm: divided by the number of samples, where the mean went over the features [1d]."""
import numpy as np

rng = np.random.default_rng(44)
tokens, target = rng.normal(size=(6, 4)), rng.normal(size=(6, 4))
params = {"W": rng.normal(size=(4, 4)), "g": rng.normal(size=4), "b": rng.normal(size=4)}


def layer_norm(v, g, b):
    mu = v.mean(axis=-1, keepdims=True)
    inv = 1 / np.sqrt(v.var(axis=-1, keepdims=True) + 1e-6)
    norm = (v - mu) * inv
    return norm * g + b, norm, inv


def loss(p):
    out, _, _ = layer_norm(tokens @ p["W"], p["g"], p["b"])
    return np.sum((out - target) ** 2)


def gradients(p):
    out, norm, inv = layer_norm(tokens @ p["W"], p["g"], p["b"])
    dout = 2 * (out - target)
    dg = (dout * norm).sum(axis=0)
    db = dout.sum(axis=0)
    dnorm = dout * p["g"]
    n = tokens.shape[0]  # fault: samples counted in place of features | right: n = tokens.shape[-1]
    mean1 = dnorm.sum(axis=-1, keepdims=True) / n
    mean2 = (dnorm * norm).sum(axis=-1, keepdims=True) / n
    dv = inv * (dnorm - mean1 - norm * mean2)
    return {"W": tokens.T @ dv, "g": dg, "b": db}
