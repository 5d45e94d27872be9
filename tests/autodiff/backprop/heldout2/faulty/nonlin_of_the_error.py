"""Eleven lines with three layers of synapses: nonlin(l1_error, True) in place of nonlin(l1, True) [3c]."""
import numpy as np

np.random.seed(1)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
params = {
    "syn0": 2 * np.random.random((3, 4)) - 1,
    "syn1": 2 * np.random.random((4, 5)) - 1,
    "syn2": 2 * np.random.random((5, 1)) - 1,
}


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def loss(params):
    l1 = nonlin(np.dot(X, params["syn0"]))
    l2 = nonlin(np.dot(l1, params["syn1"]))
    l3 = nonlin(np.dot(l2, params["syn2"]))
    return 0.5 * np.sum((y - l3) ** 2)


def gradients(params):
    syn0, syn1, syn2 = params["syn0"], params["syn1"], params["syn2"]
    # forward
    l0 = X
    l1 = nonlin(np.dot(l0, syn0))
    l2 = nonlin(np.dot(l1, syn1))
    l3 = nonlin(np.dot(l2, syn2))
    # how much did we miss?
    l3_error = y - l3
    l3_delta = l3_error * nonlin(l3, deriv=True)
    l2_error = l3_delta.dot(syn2.T)
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1_error, deriv=True)  # fault: the error's, not l1's | right: l1_delta = l1_error * nonlin(l1, deriv=True)
    # the update adds these, so the gradient is their negative
    syn2_up = l2.T.dot(l3_delta)
    syn1_up = l1.T.dot(l2_delta)
    syn0_up = l0.T.dot(l1_delta)
    return {"syn0": -syn0_up, "syn1": -syn1_up, "syn2": -syn2_up}
