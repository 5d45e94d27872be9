"""Rows: backward recomputes the softmax without the batch axis [7c]."""
import numpy as np

rng = np.random.default_rng(33)
X = rng.normal(size=(5, 3))
Y = np.eye(4)[[1, 0, 3, 2, 1]]
params = {"W1": rng.normal(size=(3, 6)), "b1": rng.normal(size=(1, 6)), "W2": rng.normal(size=(6, 4)), "b2": rng.normal(size=(1, 4))}


def loss(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    z = h @ p["W2"] + p["b2"]
    log_softmax = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    return -np.mean(np.sum(Y * log_softmax, axis=1))


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()  # fault: softmax without the batch axis | right: return e / e.sum(axis=1, keepdims=True)


def gradients(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    z = h @ p["W2"] + p["b2"]
    prob = softmax(z)
    dz = (prob - Y) / 5
    dW2 = h.T @ dz
    db2 = dz.sum(axis=0, keepdims=True)
    dh = dz @ p["W2"].T
    dpre = dh * (1 - h**2)
    dW1 = X.T @ dpre
    db1 = dpre.sum(axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
