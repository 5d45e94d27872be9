"""Columns, inverted dropout: masks drawn once, applied and divided in both directions."""
import numpy as np

rng = np.random.RandomState(118)
keep_prob = 0.8
X, Y = rng.randn(3, 7), rng.randint(0, 2, (1, 7)) * 1.0
D1, D2 = rng.rand(5, 7) < keep_prob, rng.rand(4, 7) < keep_prob
params = {"W1": rng.randn(5, 3), "b1": rng.randn(5, 1), "W2": rng.randn(4, 5), "b2": rng.randn(4, 1), "W3": rng.randn(1, 4), "b3": rng.randn(1, 1)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(params):
    Z1 = np.dot(params["W1"], X) + params["b1"]
    A1 = np.maximum(0, Z1)
    A1 = A1 * D1
    A1 = A1 / keep_prob
    Z2 = np.dot(params["W2"], A1) + params["b2"]
    A2 = np.maximum(0, Z2)
    A2 = A2 * D2
    A2 = A2 / keep_prob
    A3 = sigmoid(np.dot(params["W3"], A2) + params["b3"])
    return Z1, A1, Z2, A2, A3


def loss(params):
    A3 = forward(params)[-1]
    return np.nansum(-np.log(A3) * Y - np.log(1 - A3) * (1 - Y)) / Y.shape[1]


def gradients(params):
    Z1, A1, Z2, A2, A3 = forward(params)
    m = X.shape[1]
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(params["W3"].T, dZ3)
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(params["W2"].T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
