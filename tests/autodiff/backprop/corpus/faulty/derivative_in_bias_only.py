"""Columns, tanh: the derivative multiplied into db1 and not into dW1 [4b]."""
import numpy as np

rng = np.random.default_rng(17)
X = rng.normal(size=(3, 7))
T = rng.normal(size=(2, 7))
params = {"W1": rng.normal(size=(4, 3)), "b1": rng.normal(size=(4, 1)), "W2": rng.normal(size=(2, 4)), "b2": rng.normal(size=(2, 1))}


def loss(params):
    H = np.tanh(params["W1"] @ X + params["b1"])
    O = params["W2"] @ H + params["b2"]
    return np.sum((O - T) ** 2) / 2


def gradients(params):
    H = np.tanh(params["W1"] @ X + params["b1"])
    O = params["W2"] @ H + params["b2"]
    dO = O - T
    dW2 = dO @ H.T
    db2 = np.sum(dO, axis=1, keepdims=True)
    dH = params["W2"].T @ dO
    dW1 = dH @ X.T  # fault: tanh' left out of dW1 | right: dW1 = (dH * (1 - H * H)) @ X.T
    db1 = np.sum(dH * (1 - H * H), axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
