"""Stochastic style, list of layers per sample: dW from the error without its slope, bias summed along units [4b, 2c, 10c]."""
import numpy as np

np.random.seed(50)
H = 4
samples = [(np.random.randn(3), np.random.randn(2)) for _ in range(H)]
params = {"A": np.random.randn(H, 3) * 0.6, "a": np.random.randn(H) * 0.3,
          "B": np.random.randn(2, H) * 0.6, "b": np.random.randn(2) * 0.3}


def go(p, x):
    h = np.tanh(p["A"] @ x + p["a"])
    return h, p["B"] @ h + p["b"]


def loss(p):
    total = 0
    for x, t in samples:
        r = go(p, x)[1] - t
        total += 0.25 * np.sum(r ** 4)
    return total


def gradients(p):
    gA, gB = np.zeros_like(p["A"]), np.zeros_like(p["B"])
    rows_hidden, rows_out = [], []
    for x, t in samples:
        h, o = go(p, x)
        err_o = (o - t) ** 3
        err_h = p["B"].T @ err_o
        delta_h = err_h * (1 - h * h)
        gB += np.outer(err_o, h)
        gA += np.outer(err_h, x)  # fault: tanh' left out of dW alone | right: gA += np.outer(delta_h, x)
        rows_hidden.append(delta_h)
        rows_out.append(err_o)
    ga = np.sum(np.array(rows_hidden), axis=1)  # fault: summed over the units | right: ga = np.sum(np.array(rows_hidden), axis=0)
    gb = np.sum(np.array(rows_out), axis=0)
    return {"grad_A": gA, "grad_a": ga, "grad_B": gB, "grad_b": gb}
