"""Columns: the L2 term is in the cost and left out of dW1 [9c]."""
import numpy as np

rng = np.random.default_rng(39)
X, Y = rng.normal(size=(3, 6)), (rng.random((1, 6)) > 0.5).astype(float)
lambd = 0.7
params = {"W1": rng.normal(size=(4, 3)), "b1": rng.normal(size=(4, 1)), "W2": rng.normal(size=(1, 4)), "b2": rng.normal(size=(1, 1))}


def forward(p):
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    A2 = 1 / (1 + np.exp(-(p["W2"] @ A1 + p["b2"])))
    return A1, A2


def loss(p):
    _, A2 = forward(p)
    m = Y.shape[1]
    cross_entropy_cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    L2_regularization_cost = lambd / (2 * m) * (np.sum(np.square(p["W1"])) + np.sum(np.square(p["W2"])))
    return cross_entropy_cost + L2_regularization_cost


def gradients(p):
    A1, A2 = forward(p)
    m = Y.shape[1]
    dZ2 = A2 - Y
    dW2 = 1.0 / m * np.dot(dZ2, A1.T) + lambd / m * p["W2"]
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(p["W2"].T, dZ2)
    dZ1 = dA1 * (1 - A1**2)
    dW1 = 1.0 / m * np.dot(dZ1, X.T)  # fault: weight decay left out | right: dW1 = 1.0 / m * np.dot(dZ1, X.T) + lambd / m * p["W1"]
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
