"""Eleven-line network: errors are y - output throughout, the sign is turned when handed back."""
import numpy as np

rng = np.random.RandomState(114)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)
params = {"syn0": 2 * rng.rand(3, 5) - 1, "syn1": 2 * rng.rand(5, 1) - 1}


def nonlin(x, deriv=False):
    if deriv == True:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def loss(params):
    l1 = nonlin(np.dot(X, params["syn0"]))
    l2 = nonlin(np.dot(l1, params["syn1"]))
    return np.sum((y - l2) ** 2) / 2


def gradients(params):
    l0 = X
    l1 = nonlin(np.dot(l0, params["syn0"]))
    l2 = nonlin(np.dot(l1, params["syn1"]))
    l2_error = y - l2
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(params["syn1"].T)
    l1_delta = l1_error * nonlin(l1, deriv=True)
    return {"syn0": -l0.T.dot(l1_delta), "syn1": -l1.T.dot(l2_delta)}
