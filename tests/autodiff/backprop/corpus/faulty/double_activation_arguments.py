"""Rows, helper with deriv=True: once the weighted sum for the activation, once the wrong layer's activation [3a, 5a, 10c]."""
import numpy as np

rng = np.random.RandomState(69)
X, y = rng.randn(6, 3), rng.rand(6, 1)
params = {"syn0": rng.randn(3, 4), "syn1": rng.randn(4, 4), "syn2": rng.randn(4, 1)}


def nonlin(x, deriv=False):
    return x * (1 - x) if deriv else 1 / (1 + np.exp(-x))


def loss(params):
    l1 = nonlin(X @ params["syn0"])
    l2 = nonlin(l1 @ params["syn1"])
    l3 = nonlin(l2 @ params["syn2"])
    return np.sum((l3 - y) ** 2) / 2


def gradients(params):
    z1 = X @ params["syn0"]
    l1 = nonlin(z1)
    z2 = l1 @ params["syn1"]
    l2 = nonlin(z2)
    z3 = l2 @ params["syn2"]
    l3 = nonlin(z3)
    l3_delta = (l3 - y) * nonlin(l3, deriv=True)
    l2_delta = l3_delta.dot(params["syn2"].T) * nonlin(z2, deriv=True)  # fault: weighted sum passed where the activation belongs | right: l2_delta = l3_delta.dot(params["syn2"].T) * nonlin(l2, deriv=True)
    l1_delta = l2_delta.dot(params["syn1"].T) * nonlin(l2, deriv=True)  # fault: the next layer's activation used | right: l1_delta = l2_delta.dot(params["syn1"].T) * nonlin(l1, deriv=True)
    return {"syn0": X.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta), "syn2": l2.T.dot(l3_delta)}
