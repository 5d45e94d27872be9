"""Samples in columns, but m was read from the rows in the backward step [1d]."""
import numpy as np

np.random.seed(3)
X = np.random.randn(2, 9)
Y = (np.random.rand(1, 9) > 0.5).astype(float)


def initialize_parameters(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.5
    b1 = np.random.randn(n_h, 1) * 0.1
    W2 = np.random.randn(n_y, n_h) * 0.5
    b2 = np.random.randn(n_y, 1) * 0.1
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


params = initialize_parameters(2, 4, 1)


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache


def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return float(np.squeeze(-np.sum(logprobs) / m))


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[0]  # fault: features counted | right: m = X.shape[1]
    W2 = parameters["W2"]
    A1 = cache["A1"]
    A2 = cache["A2"]

    dZ2 = A2 - Y
    dW2 = (1 / m) * np.dot(dZ2, A1.T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
    dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def loss(parameters):
    A2, _ = forward_propagation(X, parameters)
    return compute_cost(A2, Y)


def gradients(parameters):
    A2, cache = forward_propagation(X, parameters)
    return backward_propagation(parameters, cache, X, Y)
