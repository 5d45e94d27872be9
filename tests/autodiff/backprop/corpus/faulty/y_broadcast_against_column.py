"""Rows, one output: y of shape (N,) against the prediction's (N, 1) makes an N by N error [2e]."""
import numpy as np

rng = np.random.default_rng(60)
X = rng.normal(size=(6, 3))
y = rng.normal(size=6)
params = {"W1": rng.normal(size=(3, 4)), "b1": rng.normal(size=4), "W2": rng.normal(size=(4, 1))}


def loss(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    pred = (h @ p["W2"]).ravel()
    return np.sum((pred - y) ** 2) / 2


def gradients(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    pred = h @ p["W2"]
    dpred = np.sum(pred - y, axis=1, keepdims=True)  # fault: broadcast to N by N and summed | right: dpred = pred - y.reshape(-1, 1)
    dW2 = h.T @ dpred
    dh = dpred @ p["W2"].T
    dz = dh * (1 - h**2)
    return {"dW1": X.T @ dz, "db1": dz.sum(axis=0), "dW2": dW2}
