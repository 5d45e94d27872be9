"""Pairs of functions (forward, backward) composed: layer norm's gain forgotten, tanh' of the sum not of the result [4c, 3a, 10c]."""
import numpy as np

rng = np.random.RandomState(238)
src, dst = rng.randn(5, 3), rng.randn(5, 4)
params = {"W": rng.randn(3, 4), "gain": 0.5 + rng.rand(4)}


def norm_fwd(v, gain):
    s = v.std(axis=1, keepdims=True) + 1e-6
    n = (v - v.mean(axis=1, keepdims=True)) / s
    return n * gain, (n, s, gain)


def norm_bwd(g, saved):
    n, s, gain = saved
    g_gain = (g * n).sum(0)
    gn = g  # fault: gain missing | right: gn = g * gain
    sd = s - 1e-6
    gv = (gn - gn.mean(axis=1, keepdims=True)) / s - n * np.mean(gn * n, axis=1, keepdims=True) / sd
    return gv, g_gain


def tanh_fwd(v):
    return np.tanh(v), v


def tanh_bwd(g, v):
    return g * (1 - v**2)  # fault: 1 - x^2 at the weighted sum | right: return g * (1 - np.tanh(v) ** 2)


def compose(p):
    a = src @ p["W"]
    b, saved_b = norm_fwd(a, p["gain"])
    c, saved_c = tanh_fwd(b)
    return c, saved_b, saved_c


def loss(p):
    return np.mean((compose(p)[0] - dst) ** 2)


def gradients(p):
    c, saved_b, saved_c = compose(p)
    g = 2 * (c - dst) / dst.size
    g = tanh_bwd(g, saved_c)
    g, g_gain = norm_bwd(g, saved_b)
    return {"W": src.T @ g, "gain": g_gain}
