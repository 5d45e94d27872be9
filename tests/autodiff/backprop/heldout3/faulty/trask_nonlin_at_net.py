"""Three-layer toy after the eleven-lines post; nonlin with deriv=True gets the net input of the second layer [3a]."""
import numpy as np


def nonlin(x, deriv=False):
    if deriv == True:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


X = np.array([[0, 0, 1],
              [0, 1, 1],
              [1, 0, 1],
              [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

np.random.seed(1)
params = {
    "syn0": 2 * np.random.random((3, 4)) - 1,
    "syn1": 2 * np.random.random((4, 4)) - 1,
    "syn2": 2 * np.random.random((4, 1)) - 1,
}


def loss(params):
    k1 = nonlin(np.dot(X, params["syn0"]))
    k2 = nonlin(np.dot(k1, params["syn1"]))
    k3 = nonlin(np.dot(k2, params["syn2"]))
    return 0.5 * np.sum((y - k3) ** 2)


def gradients(params):
    syn0, syn1, syn2 = params["syn0"], params["syn1"], params["syn2"]

    k0 = X
    net1 = np.dot(k0, syn0)
    k1 = nonlin(net1)
    net2 = np.dot(k1, syn1)
    k2 = nonlin(net2)
    net3 = np.dot(k2, syn2)
    k3 = nonlin(net3)

    k3_error = y - k3
    k3_delta = k3_error * nonlin(k3, deriv=True)

    k2_error = k3_delta.dot(syn2.T)
    k2_delta = k2_error * nonlin(net2, deriv=True)  # fault: derivative at net input | right: k2_delta = k2_error * nonlin(k2, deriv=True)

    k1_error = k2_delta.dot(syn1.T)
    k1_delta = k1_error * nonlin(k1, deriv=True)

    # the post does syn += ..., so the gradient has the minus
    return {"dsyn2": -k2.T.dot(k3_delta), "dsyn1": -k1.T.dot(k2_delta), "dsyn0": -k0.T.dot(k1_delta)}
