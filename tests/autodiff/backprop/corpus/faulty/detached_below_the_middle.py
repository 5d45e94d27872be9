"""Rows, three layers: nothing is passed on below the middle layer [10b]."""
import numpy as np

rng = np.random.RandomState(92)
x, y = rng.randn(7, 3), rng.randn(7, 2)
params = {"W1": rng.randn(3, 5), "b1": rng.randn(5), "W2": rng.randn(5, 4), "b2": rng.randn(4), "W3": rng.randn(4, 2), "b3": rng.randn(2)}


def forward(p):
    h1 = np.tanh(x.dot(p["W1"]) + p["b1"])
    h2 = np.tanh(h1.dot(p["W2"]) + p["b2"])
    return h1, h2, h2.dot(p["W3"]) + p["b3"]


def loss(p):
    return np.mean((forward(p)[2] - y) ** 2)


def gradients(p):
    h1, h2, out = forward(p)
    grads = {name: np.zeros_like(value) for name, value in p.items()}
    d3 = 2 * (out - y) / y.size
    grads["W3"] += h2.T.dot(d3)
    grads["b3"] += d3.sum(axis=0)
    d2 = d3.dot(p["W3"].T) * (1 - h2**2)
    grads["W2"] += h1.T.dot(d2)
    grads["b2"] += d2.sum(axis=0)
    d1 = np.zeros_like(h1)  # fault: layers below detached, zeros | right: d1 = d2.dot(p["W2"].T) * (1 - h1**2)
    grads["W1"] += x.T.dot(d1)
    grads["b1"] += d1.sum(axis=0)
    return grads
