"""Softplus units and a cache dictionary; the slope gets the activation [3b]."""
import numpy as np

np.random.seed(8)
X = np.random.randn(8, 3)
y = (X[:, :1] * X[:, 1:2] > 0).astype(float)
params = {"W1": np.random.randn(3, 6), "b1": np.zeros((1, 6)) + 0.05,
          "W2": np.random.randn(6, 4) * 0.4, "b2": np.zeros((1, 4)) - 0.1,
          "W3": np.random.randn(4, 1) * 0.4, "b3": np.zeros((1, 1))}

softplus = lambda z: np.log1p(np.exp(z))
softplus_grad = lambda z: 1 / (1 + np.exp(-z))


def forward(params):
    cache = {"A0": X}
    for l in (1, 2):
        cache[f"Z{l}"] = cache[f"A{l-1}"] @ params[f"W{l}"] + params[f"b{l}"]
        cache[f"A{l}"] = softplus(cache[f"Z{l}"])
    cache["Z3"] = cache["A2"] @ params["W3"] + params["b3"]
    cache["P"] = 1 / (1 + np.exp(-cache["Z3"]))
    return cache


def loss(params):
    P = forward(params)["P"]
    return float(-np.mean(y * np.log(P) + (1 - y) * np.log(1 - P)))


def gradients(params):
    c = forward(params)
    n = y.shape[0]
    dZ = (c["P"] - y) / n
    out = {"W3": c["A2"].T @ dZ, "b3": dZ.sum(0, keepdims=True)}
    dA = dZ @ params["W3"].T
    for l in (2, 1):
        dZ = dA * softplus_grad(c[f"A{l}"])  # fault: slope at the activation | right: dZ = dA * softplus_grad(c[f"Z{l}"])
        out[f"W{l}"] = c[f"A{l-1}"].T @ dZ
        out[f"b{l}"] = dZ.sum(0, keepdims=True)
        dA = dZ @ params[f"W{l}"].T
    return out
