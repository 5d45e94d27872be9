"""Recursion over layers in one function: forward on the way down, backward on the way up."""
import numpy as np

R = np.random.default_rng(308)
x0, target = R.normal(size=(3, 7)), R.normal(size=(2, 7))
params = {"W_0": R.normal(size=(5, 3)), "W_1": R.normal(size=(4, 5)), "W_2": R.normal(size=(2, 4))}


def step(h, k, p, out):
    if k == 3:
        out["J"] = 0.5 * np.sum((h - target) ** 2) / 7
        return (h - target) / 7
    a = p["W_%d" % k] @ h
    g = step(np.arctan(a) if k < 2 else a, k + 1, p, out)
    g = g / (1 + a**2) if k < 2 else g
    out["W_%d" % k] = g @ h.T
    return p["W_%d" % k].T @ g


def loss(p):
    out = {}
    step(x0, 0, p, out)
    return out["J"]


def gradients(p):
    out = {}
    step(x0, 0, p, out)
    return {k: out[k] for k in p}
