"""Columns, four layers: db2 from dW2, and dA1 made of dA2 in place of dZ2 [2d, 4a, 10c]."""
import numpy as np

rng = np.random.default_rng(74)
X, Y = rng.normal(size=(2, 8)), (rng.random((1, 8)) > 0.5) * 1.0
shapes = [2, 5, 4, 3, 1]
params = {}
for k in range(1, 5):
    params["W%d" % k] = rng.normal(size=(shapes[k], shapes[k - 1]))
    params["b%d" % k] = rng.normal(size=(shapes[k], 1)) * 0.1


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(p):
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    A2 = np.tanh(p["W2"] @ A1 + p["b2"])
    A3 = np.tanh(p["W3"] @ A2 + p["b3"])
    A4 = sigmoid(p["W4"] @ A3 + p["b4"])
    return A1, A2, A3, A4


def loss(p):
    A4 = forward(p)[-1]
    return -np.mean(Y * np.log(A4) + (1 - Y) * np.log(1 - A4))


def gradients(p):
    A1, A2, A3, A4 = forward(p)
    m = Y.shape[1]
    dZ4 = (A4 - Y) / m
    dW4, db4 = dZ4 @ A3.T, np.sum(dZ4, axis=1, keepdims=True)
    dZ3 = (p["W4"].T @ dZ4) * (1 - A3**2)
    dW3, db3 = dZ3 @ A2.T, np.sum(dZ3, axis=1, keepdims=True)
    dA2 = p["W3"].T @ dZ3
    dZ2 = dA2 * (1 - A2**2)
    dW2 = dZ2 @ A1.T
    db2 = np.sum(dW2, axis=1, keepdims=True)  # fault: derived from dW in place of dZ | right: db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = p["W2"].T @ dA2  # fault: dA2 where dZ2 belongs | right: dA1 = p["W2"].T @ dZ2
    dZ1 = dA1 * (1 - A1**2)
    dW1 = dZ1 @ X.T
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3, "dW4": dW4, "db4": db4}
