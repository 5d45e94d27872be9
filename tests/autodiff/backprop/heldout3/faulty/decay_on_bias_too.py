"""Regularised two-layer net: the bias is decayed in the gradient though the penalty has weights alone [9b]."""
import numpy as np

np.random.seed(19)
lambd = 0.7
X = np.random.randn(5, 6)
Y = np.random.randint(0, 2, (1, 6))
params = {
    "W1": np.random.randn(3, 5) * 0.5,
    "b1": np.random.randn(3, 1) * 0.5,
    "W2": np.random.randn(1, 3) * 0.5,
    "b2": np.random.randn(1, 1) * 0.5,
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, (Z1, A1, Z2, A2)


def compute_cost_with_regularization(A2, Y, parameters, lambd):
    m = Y.shape[1]
    cross_entropy_cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    L2_regularization_cost = lambd / (2 * m) * (np.sum(np.square(parameters["W1"])) + np.sum(np.square(parameters["W2"])))
    return cross_entropy_cost + L2_regularization_cost


def backward_propagation_with_regularization(X, Y, cache, parameters, lambd):
    m = X.shape[1]
    (Z1, A1, Z2, A2) = cache
    W1, b1, W2 = parameters["W1"], parameters["b1"], parameters["W2"]
    dZ2 = A2 - Y
    dW2 = 1. / m * (np.dot(dZ2, A1.T) + lambd * W2)
    db2 = 1. / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (1 - A1 ** 2)
    dW1 = 1. / m * (np.dot(dZ1, X.T) + lambd * W1)
    db1 = 1. / m * (np.sum(dZ1, axis=1, keepdims=True) + lambd * b1)  # fault: decay of the bias | right: db1 = 1. / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def loss(params):
    A2, _ = forward_propagation(X, params)
    return compute_cost_with_regularization(A2, Y, params, lambd)


def gradients(params):
    _, cache = forward_propagation(X, params)
    return backward_propagation_with_regularization(X, Y, cache, params, lambd)
