"""nonlin with deriv=True wants the output; for the hidden layer it was handed the dot product [3a]."""
import numpy as np


def nonlin(x, deriv=False):
    # when deriv is True, x is the output of the sigmoid
    if deriv == True:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


X = np.array([[0, 0, 1],
              [0, 1, 1],
              [1, 0, 1],
              [1, 1, 1]])
y = np.array([[0],
              [1],
              [1],
              [0]])

np.random.seed(1)
params = {"syn0": 2 * np.random.random((3, 4)) - 1, "syn1": 2 * np.random.random((4, 1)) - 1}


def loss(params):
    l1 = nonlin(np.dot(X, params["syn0"]))
    l2 = nonlin(np.dot(l1, params["syn1"]))
    return np.sum((y - l2) ** 2) / 2


def gradients(params):
    syn0, syn1 = params["syn0"], params["syn1"]
    l0 = X
    l1_in = np.dot(l0, syn0)
    l1 = nonlin(l1_in)
    l2_in = np.dot(l1, syn1)
    l2 = nonlin(l2_in)

    l2_error = l2 - y
    l2_delta = l2_error * nonlin(l2, deriv=True)

    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1_in, deriv=True)  # fault: x(1-x) of the sum | right: l1_delta = l1_error * nonlin(l1, deriv=True)

    return {"syn0": l0.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}
