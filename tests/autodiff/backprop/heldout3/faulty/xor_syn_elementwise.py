"""XOR in a few lines, star in place of dot on the way to the hidden layer (four samples, four units) [6c]."""
import numpy as np

def nonlin(x, deriv=False):
    if deriv == True:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))

X = np.array([[0, 0, 1],
              [0, 1, 1],
              [1, 0, 1],
              [1, 1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)

np.random.seed(1)
# weights with mean 0
params = {"syn0": 2 * np.random.random((3, 4)) - 1, "syn1": 2 * np.random.random((4, 1)) - 1}

def loss(params):
    l1 = nonlin(np.dot(X, params["syn0"]))
    l2 = nonlin(np.dot(l1, params["syn1"]))
    return ((l2 - y) ** 2).sum() / 2

def gradients(params):
    syn0 = params["syn0"]
    syn1 = params["syn1"]
    l0 = X
    l1 = nonlin(np.dot(l0, syn0))
    l2 = nonlin(np.dot(l1, syn1))
    # how much did we miss?
    l2_error = l2 - y
    l2_delta = l2_error * nonlin(l2, deriv=True)
    # how much did each l1 value contribute?
    l1_error = l2_delta * syn1  # fault: star in place of dot | right: l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1, deriv=True)
    return {"syn0": l0.T.dot(l1_delta), "syn1": l1.T.dot(l2_delta)}
