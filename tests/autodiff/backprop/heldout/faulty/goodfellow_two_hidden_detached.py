"""Recursion over layers in one function: the recursion returns zeros for the first layer's weights [10b]."""
import numpy as np

R = np.random.default_rng(1209)
W_SHAPES = [(5, 3), (4, 5), (2, 4)]
x0, target = R.normal(size=(3, 7)), R.normal(size=(2, 7))
params = {"W_%d" % i: R.normal(size=s) for i, s in enumerate(W_SHAPES)}


def step(h, k, p, out):
    """Forward on the way down, backward on the way up."""
    if k == len(W_SHAPES):
        out["J"] = 0.5 * np.sum((h - target) ** 2)
        return h - target
    W = p["W_%d" % k]
    a = np.dot(W, h)
    last = k == len(W_SHAPES) - 1
    h_next = a if last else np.maximum(a, 0.1 * a)
    g = step(h_next, k + 1, p, out)
    if not last:
        g = g * np.where(a > 0, 1.0, 0.1)
    if k > 0:
        out["W_%d" % k] = np.dot(g, h.T)
    else:
        out["W_0"] = np.zeros_like(W)  # fault: first layer detached | right: out["W_0"] = np.dot(g, h.T)
    return np.dot(W.T, g)


def loss(p):
    out = {}
    step(x0, 0, p, out)
    return out["J"]


def gradients(p):
    out = {}
    step(x0, 0, p, out)
    del out["J"]
    return out
