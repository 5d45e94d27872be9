"""Binary classifier with log loss, a - y and then the sigmoid's slope on top of it [7b]."""
import numpy as np

np.random.seed(99)
X = np.random.randn(2, 10)
Y = ((X ** 2).sum(axis=0, keepdims=True) > 1.5).astype(float)
params = {
    "W1": np.random.randn(4, 2),
    "b1": np.random.randn(4, 1) * 0.1,
    "W2": np.random.randn(1, 4),
    "b2": np.random.randn(1, 1) * 0.1,
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


def loss(parameters):
    A2, _ = forward_propagation(X, parameters)
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    return -np.sum(logprobs) / m


def gradients(parameters):
    m = X.shape[1]
    A2, cache = forward_propagation(X, parameters)
    A1 = cache["A1"]
    dZ2 = (A2 - Y) * A2 * (1 - A2)  # fault: slope is in A2 - Y already | right: dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
