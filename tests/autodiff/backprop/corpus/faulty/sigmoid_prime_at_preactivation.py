"""Eleven-line network style: x*(1-x) called with the weighted sum [3a]."""
import numpy as np

np_random = np.random.RandomState(11)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
y = np.array([[0, 1, 1, 0]], dtype=float).T
params = {"syn0": 2 * np_random.random_sample((3, 5)) - 1, "syn1": 2 * np_random.random_sample((5, 1)) - 1}


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def loss(params):
    l1 = nonlin(np.dot(X, params["syn0"]))
    l2 = nonlin(np.dot(l1, params["syn1"]))
    return 0.5 * np.sum((y - l2) ** 2)


def gradients(params):
    syn0, syn1 = params["syn0"], params["syn1"]
    l0 = X
    z1 = np.dot(l0, syn0)
    l1 = nonlin(z1)
    z2 = np.dot(l1, syn1)
    l2 = nonlin(z2)

    l2_error = l2 - y
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(z1, deriv=True)  # fault: weighted sum passed where the activation belongs | right: l1_delta = l1_error * nonlin(l1, deriv=True)
    return {"syn0": l0.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}
