"""Rows with weight decay: the decay missing for W1 and there for b2, which has none [9b, 9c, 10c]."""
import numpy as np

rng = np.random.RandomState(71)
X, Y = rng.randn(7, 3), rng.randn(7, 2)
lam = 0.2
params = {"W1": rng.randn(3, 4), "b1": rng.randn(4), "W2": rng.randn(4, 2), "b2": rng.randn(2)}


def forward(p):
    a1 = 1 / (1 + np.exp(-(X.dot(p["W1"]) + p["b1"])))
    return a1, a1.dot(p["W2"]) + p["b2"]


def loss(p):
    _, out = forward(p)
    penalty = 0.5 * lam * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))
    return 0.5 * np.mean(np.sum((out - Y) ** 2, axis=1)) + penalty


def gradients(p):
    a1, out = forward(p)
    d2 = (out - Y) / len(X)
    grads = {}
    grads["W2"] = a1.T.dot(d2) + lam * p["W2"]
    grads["b2"] = d2.sum(axis=0) + lam * p["b2"]  # fault: weight decay that is not in the loss | right: grads["b2"] = d2.sum(axis=0)
    d1 = d2.dot(p["W2"].T) * a1 * (1 - a1)
    grads["W1"] = X.T.dot(d1)  # fault: weight decay left out | right: grads["W1"] = X.T.dot(d1) + lam * p["W1"]
    grads["b1"] = d1.sum(axis=0)
    return grads
