"""Logistic regression in loops: 1/m applied to each sample and to the sum [1c]."""
import numpy as np

rng = np.random.default_rng(77)
X, y = rng.normal(size=(5, 3)), np.array([1.0, 0, 1, 1, 0])
params = {"w": rng.normal(size=3), "b": rng.normal(size=())}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(params):
    m = len(y)
    cost = 0
    for i in range(m):
        a = sigmoid(X[i] @ params["w"] + params["b"])
        cost += -(y[i] * np.log(a) + (1 - y[i]) * np.log(1 - a))
    return cost / m


def gradients(params):
    m = len(y)
    dw, db = np.zeros(3), 0.0
    for i in range(m):
        a = sigmoid(X[i] @ params["w"] + params["b"])
        dz = a - y[i]
        dw += X[i] * dz / m
        db += dz
    dw /= m  # fault: 1/N applied twice | right: pass
    db /= m
    return {"dw": dw, "db": np.array(db)}
