"""Column samples for a lab report; the hidden bias's gradient is one number for all units [2b]."""
import numpy as np

np.random.seed(1)
X = np.random.randn(2, 9)                      # features x samples
Y = (X[0:1] * X[1:2] > 0).astype(float)
n_h = 4
params = {
    "W1": np.random.randn(n_h, 2), "b1": np.random.randn(n_h, 1) * 0.1,
    "W2": np.random.randn(1, n_h), "b2": np.random.randn(1, 1) * 0.1,
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    return -np.sum(logprobs) / m


def loss(parameters):
    A2, _ = forward_propagation(X, parameters)
    return compute_cost(A2, Y)


def gradients(parameters):
    m = X.shape[1]
    A2, cache = forward_propagation(X, parameters)
    A1 = cache["A1"]
    lr = 1.0
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]

    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, keepdims=True) / m  # fault: summed over the units too | right: db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    new = {"W1": W1 - lr * dW1, "b1": b1 - lr * db1, "W2": W2 - lr * dW2, "b2": b2 - lr * db2}
    return {k: (parameters[k] - new[k]) / lr for k in parameters}
