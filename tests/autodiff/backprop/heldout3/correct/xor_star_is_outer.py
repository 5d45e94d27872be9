"""XOR with one output: the star of a column and a row is the outer product; descent steps turned round at the end."""
import numpy as np

np.random.seed(1)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T
params = {"syn0": 2 * np.random.random((3, 4)) - 1, "syn1": 2 * np.random.random((4, 1)) - 1}


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def loss(params):
    l1 = nonlin(X @ params["syn0"])
    l2 = nonlin(l1 @ params["syn1"])
    return np.sum((y - l2) ** 2) / 2


def gradients(params):
    syn0, syn1 = params["syn0"].copy(), params["syn1"].copy()
    l0 = X
    l1 = nonlin(np.dot(l0, syn0))
    l2 = nonlin(np.dot(l1, syn1))
    l2_error = y - l2
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta * syn1.T
    l1_delta = l1_error * nonlin(l1, True)
    syn1 += np.dot(l1.T, l2_delta)
    syn0 += np.dot(l0.T, l1_delta)
    # the step with rate 1 is minus the gradient
    return {"dsyn0": params["syn0"] - syn0, "dsyn1": params["syn1"] - syn1}
