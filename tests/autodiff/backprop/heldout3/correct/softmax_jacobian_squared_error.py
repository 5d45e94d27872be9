"""Squared error over a softmax: the full Jacobian for each sample, gradients summed by outer products."""
import numpy as np

rng = np.random.RandomState(50)
X = rng.randn(5, 3)
Y = np.eye(4)[rng.randint(0, 4, 5)]
params = {"W1": rng.randn(3, 4), "b1": rng.randn(4), "W2": rng.randn(4, 4), "b2": rng.randn(4)}


def softmax(v):
    e = np.exp(v - np.max(v))
    return e / np.sum(e)


def forward_one(p, x):
    h = np.maximum(0.0, np.dot(x, p["W1"]) + p["b1"])
    return h, softmax(np.dot(h, p["W2"]) + p["b2"])


def loss(params):
    return sum(np.sum((forward_one(params, x)[1] - y) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(params):
    grads = {k: np.zeros_like(v) for k, v in params.items()}
    for x, y in zip(X, Y):
        h, s = forward_one(params, x)
        jacobian = np.diag(s) - np.outer(s, s)
        dz2 = jacobian.dot(2.0 * (s - y))
        dz1 = params["W2"].dot(dz2)
        dz1 *= h > 0
        grads["W2"] += np.outer(h, dz2)
        grads["b2"] += dz2
        grads["W1"] += np.outer(x, dz1)
        grads["b1"] += dz1
    for k in grads:
        grads[k] /= len(X)
    return grads
