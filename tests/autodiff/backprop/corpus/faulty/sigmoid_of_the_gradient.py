"""Columns, capitals, three layers: sigmoid' taken at dA1 [3c]."""
import numpy as np

rng = np.random.default_rng(13)
X = rng.normal(size=(2, 5))
Y = (rng.random((1, 5)) < 0.5).astype(float)
params = {"W1": rng.normal(size=(4, 2)), "b1": rng.normal(size=(4, 1)), "W2": rng.normal(size=(3, 4)),
          "b2": rng.normal(size=(3, 1)), "W3": rng.normal(size=(1, 3)), "b3": rng.normal(size=(1, 1))}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_backward(dA, Z):
    s = sigmoid(Z)
    return dA * s * (1 - s)


def forward(x, p):
    z1 = np.dot(p["W1"], x) + p["b1"]
    a1 = sigmoid(z1)
    z2 = np.dot(p["W2"], a1) + p["b2"]
    a2 = sigmoid(z2)
    z3 = np.dot(p["W3"], a2) + p["b3"]
    a3 = sigmoid(z3)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2, "z3": z3, "a3": a3}


def loss(p):
    a3 = forward(X, p)["a3"]
    return -np.sum(Y * np.log(a3) + (1 - Y) * np.log(1 - a3))


def gradients(p):
    cache = forward(X, p)
    A1, A2, A3 = cache["a1"], cache["a2"], cache["a3"]
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T)
    db3 = np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(p["W3"].T, dZ3)
    dZ2 = sigmoid_backward(dA2, cache["z2"])
    dW2 = np.dot(dZ2, A1.T)
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(p["W2"].T, dZ2)
    dZ1 = dA1 * sigmoid(dA1) * (1 - sigmoid(dA1))  # fault: sigmoid of the gradient | right: dZ1 = sigmoid_backward(dA1, cache["z1"])
    dW1 = np.dot(dZ1, X.T)
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
