"""One LSTM cell, per-gate names: tanh' of the cell written 1 - tanh(c) [3d]."""
import numpy as np

rng = np.random.RandomState(53)
x = rng.randn(6, 3)
h0, c0 = rng.randn(6, 2), rng.randn(6, 2)
t = rng.randn(6, 2)
params = {}
for gate in "ifog":
    params["W_" + gate] = rng.randn(5, 2) * 0.5
    params["b_" + gate] = rng.randn(2) * 0.1


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cell(p):
    xh = np.hstack([x, h0])
    i = sigmoid(xh @ p["W_i"] + p["b_i"])
    f = sigmoid(xh @ p["W_f"] + p["b_f"])
    o = sigmoid(xh @ p["W_o"] + p["b_o"])
    g = np.tanh(xh @ p["W_g"] + p["b_g"])
    c = f * c0 + i * g
    h = o * np.tanh(c)
    return xh, i, f, o, g, c, h


def loss(p):
    return 0.5 * np.sum((cell(p)[-1] - t) ** 2)


def gradients(p):
    xh, i, f, o, g, c, h = cell(p)
    dh = h - t
    do = dh * np.tanh(c)
    dc = dh * o * (1 - np.tanh(c))  # fault: tanh' written 1 - h | right: dc = dh * o * (1 - np.tanh(c) ** 2)
    di, dg, df = dc * g, dc * i, dc * c0
    draw = {"i": di * i * (1 - i), "f": df * f * (1 - f), "o": do * o * (1 - o), "g": dg * (1 - g**2)}
    grads = {}
    for gate, dz in draw.items():
        grads["dW_" + gate] = xh.T @ dz
        grads["db_" + gate] = dz.sum(axis=0)
    return grads
