"""Question on a forum, columns, np.multiply: db2 from dW2, and tanh' left out of dZ1 [2d, 4a, 10c]."""
import numpy as np

np.random.seed(31)
X = np.random.randn(2, 6)
Y = np.random.randint(0, 2, (1, 6))
params = {
    "W1": np.random.randn(4, 2) * 0.6,
    "b1": np.random.randn(4, 1) * 0.1,
    "W2": np.random.randn(1, 4) * 0.6,
    "b2": np.random.randn(1, 1) * 0.1,
}


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    return -np.sum(logprobs) / m


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dW2, axis=1, keepdims=True)  # fault: derived from dW2 | right: db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(W2.T, dZ2)  # fault: tanh' left out | right: dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def loss(params):
    A2, _ = forward_propagation(X, params)
    return compute_cost(A2, Y)


def gradients(params):
    _, cache = forward_propagation(X, params)
    return backward_propagation(params, cache, X, Y)
