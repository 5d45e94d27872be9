"""Columns as samples, helpers per layer: rows counted for m, and relu's mask from the layer before [1d, 8b, 10c]."""
import numpy as np

np.random.seed(1)
m_total, n0, n1 = 12, 3, 5
X = np.random.randn(n0, m_total)
Y = (np.random.rand(1, m_total) < 0.4).astype(float)
params = {
    "W1": np.random.randn(n1, n0), "b1": np.random.randn(n1, 1) * 0.3,
    "W2": np.random.randn(n1, n1) * 0.7, "b2": np.random.randn(n1, 1) * 0.3,
    "W3": np.random.randn(1, n1) * 0.5, "b3": np.zeros((1, 1)),
}


def linear_activation_forward(A_prev, W, b, kind):
    Z = np.dot(W, A_prev) + b
    A = np.maximum(0, Z) if kind == "relu" else 1 / (1 + np.exp(-Z))
    return A, (A_prev, W, Z)


def model(P):
    A1, c1 = linear_activation_forward(X, P["W1"], P["b1"], "relu")
    A2, c2 = linear_activation_forward(A1, P["W2"], P["b2"], "relu")
    A3, c3 = linear_activation_forward(A2, P["W3"], P["b3"], "sigmoid")
    return A3, c1, c2, c3


def loss(P):
    AL = model(P)[0]
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


def linear_backward(dZ, cache):
    A_prev, W, Z = cache
    m = A_prev.shape[0]  # fault: features counted for samples | right: m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return np.dot(W.T, dZ), dW, db


def gradients(P):
    A3, c1, c2, c3 = model(P)
    g = {}
    dA2, g["W3"], g["b3"] = linear_backward(A3 - Y, c3)
    dZ2 = dA2 * (c1[2] > 0)  # fault: mask of layer 1 at layer 2 | right: dZ2 = dA2 * (c2[2] > 0)
    dA1, g["W2"], g["b2"] = linear_backward(dZ2, c2)
    dZ1 = dA1 * (c1[2] > 0)
    _, g["W1"], g["b1"] = linear_backward(dZ1, c1)
    return g
