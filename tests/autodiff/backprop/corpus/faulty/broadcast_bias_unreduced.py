"""Logistic regression, one bias for all: its gradient keeps the samples' axis [2e]."""
import numpy as np

rng = np.random.default_rng(10)
X = rng.normal(size=(7, 3))
y = np.array([0.0, 1, 1, 0, 1, 0, 1])
params = {"w": rng.normal(size=3), "b": rng.normal(size=1)}


def loss(p):
    logits = X.dot(p["w"]) + p["b"]
    prob = 1 / (1 + np.exp(-logits))
    return -np.mean(y * np.log(prob) + (1 - y) * np.log(1 - prob))


def gradients(p):
    logits = X.dot(p["w"]) + p["b"]
    prob = 1 / (1 + np.exp(-logits))
    dlogits = (prob - y) / len(y)
    dw = X.T.dot(dlogits)
    db = dlogits  # fault: broadcast not reduced | right: db = np.array([dlogits.sum()])
    return {"w": dw, "b": db}
