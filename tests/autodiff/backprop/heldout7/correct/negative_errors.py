"""Errors as target minus output, carried with that sign to the very end, bias as a column of ones."""
import numpy as np

np.random.seed(1)
X = np.hstack([np.random.rand(8, 2), np.ones((8, 1))])
y = np.random.rand(8, 1)
params = {"syn0": 2 * np.random.random((3, 4)) - 1, "syn1": 2 * np.random.random((4, 1)) - 1}


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def loss(params):
    l1 = nonlin(X.dot(params["syn0"]))
    l2 = nonlin(l1.dot(params["syn1"]))
    return ((y - l2) ** 2).sum()


def gradients(params):
    l0 = X
    l1 = nonlin(l0.dot(params["syn0"]))
    l2 = nonlin(l1.dot(params["syn1"]))
    l2_error = y - l2
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(params["syn1"].T)
    l1_delta = l1_error * nonlin(l1, deriv=True)
    ascent = {"syn0": l0.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}
    return {name: -2 * up for name, up in ascent.items()}
