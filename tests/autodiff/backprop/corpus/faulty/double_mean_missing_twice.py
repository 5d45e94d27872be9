"""Columns: 1/m missing in layer 2's weights and in layer 1's bias, elsewhere there [1b, 10c]."""
import numpy as np

rng = np.random.default_rng(66)
m = 7
X, Y = rng.normal(size=(4, m)), np.eye(3)[:, rng.integers(0, 3, m)]
params = {"W1": rng.normal(size=(5, 4)), "b1": rng.normal(size=(5, 1)), "W2": rng.normal(size=(3, 5)), "b2": rng.normal(size=(3, 1))}


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def forward_prop(p):
    Z1 = p["W1"].dot(X) + p["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = p["W2"].dot(A1) + p["b2"]
    return Z1, A1, Z2, softmax(Z2)


def loss(p):
    A2 = forward_prop(p)[3]
    return -np.sum(Y * np.log(A2)) / m


def gradients(p):
    Z1, A1, Z2, A2 = forward_prop(p)
    dZ2 = A2 - Y
    dW2 = dZ2.dot(A1.T)  # fault: 1/N missing | right: dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = p["W2"].T.dot(dZ2) * (Z1 > 0)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)  # fault: 1/N missing | right: db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
