"""Planar-data lab rewritten for a sum of squares, the derivative of the square kept its old form [1a]."""
import numpy as np

np.random.seed(3)
X = np.random.randn(2, 7)
Y = np.random.rand(1, 7)
n_x, n_h, n_y = X.shape[0], 4, Y.shape[0]

params = {
    "W1": np.random.randn(n_h, n_x) * 0.6,
    "b1": np.random.randn(n_h, 1) * 0.1,
    "W2": np.random.randn(n_y, n_h) * 0.6,
    "b2": np.random.randn(n_y, 1) * 0.1,
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache


def compute_cost(A2, Y):
    m = Y.shape[1]
    return np.squeeze(np.sum(np.square(A2 - Y)) / m)


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A1, A2 = cache["A1"], cache["A2"]
    dA2 = A2 - Y  # fault: factor | right: dA2 = 2 * (A2 - Y)
    dZ2 = dA2 * A2 * (1 - A2)
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def loss(params):
    A2, cache = forward_propagation(X, params)
    return compute_cost(A2, Y)


def gradients(params):
    A2, cache = forward_propagation(X, params)
    return backward_propagation(params, cache, X, Y)
