"""Weights stored as (out, in) with samples in rows, x @ W.T on the way and delta @ W back; three layers."""
import numpy as np

rng = np.random.RandomState(9)
Xb = rng.randn(6, 3)
yb = rng.randn(6)
params = {
    "W1": rng.randn(4, 3), "b1": rng.randn(4),
    "W2": rng.randn(4, 4) * 0.5, "b2": rng.randn(4),
    "w3": rng.randn(4), "b3": rng.randn(1),
}


def softplus(z):
    return np.log1p(np.exp(z))


def run_net(p):
    s1 = Xb @ p["W1"].T + p["b1"]
    h1 = softplus(s1)
    s2 = h1 @ p["W2"].T + p["b2"]
    h2 = np.tanh(s2)
    return s1, h1, h2, h2 @ p["w3"] + p["b3"]


def loss(params):
    return np.square(run_net(params)[-1] - yb).sum() / 2 / len(yb)


def gradients(params):
    s1, h1, h2, pred = run_net(params)
    r = pred - yb
    n = len(yb)
    d2 = np.outer(r, params["w3"]) * (1 - h2 * h2)
    d1 = (d2 @ params["W2"]) / (1 + np.exp(-s1))
    return {
        "dw3": r @ h2 / n, "db3": np.array([r.mean()]),
        "dW2": d2.T @ h1 / n, "db2": d2.mean(axis=0),
        "dW1": d1.T @ Xb / n, "db1": d1.mean(axis=0),
    }
