"""error = y - l3: the deltas are updates, so the gradient is minus what's added to the synapses."""
import numpy as np


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

np.random.seed(1)
params = {
    "syn0": 2 * np.random.random((3, 4)) - 1,
    "syn1": 2 * np.random.random((4, 4)) - 1,
    "syn2": 2 * np.random.random((4, 1)) - 1,
}


def layers(p):
    l0 = X
    l1 = nonlin(np.dot(l0, p["syn0"]))
    l2 = nonlin(np.dot(l1, p["syn1"]))
    l3 = nonlin(np.dot(l2, p["syn2"]))
    return l0, l1, l2, l3


def loss(p):
    return 0.5 * np.sum(np.square(y - layers(p)[3]))


def gradients(p):
    l0, l1, l2, l3 = layers(p)

    l3_error = y - l3
    l3_delta = l3_error * nonlin(l3, deriv=True)
    l2_error = l3_delta.dot(p["syn2"].T)
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(p["syn1"].T)
    l1_delta = l1_error * nonlin(l1, deriv=True)

    syn2_update = l2.T.dot(l3_delta)
    syn1_update = l1.T.dot(l2_delta)
    syn0_update = l0.T.dot(l1_delta)
    return {"syn0": -syn0_update, "syn1": -syn1_update, "syn2": -syn2_update}
