"""Kaggle kernel, columns: Z1 in forward and z1 in backward, dz2 undivided, the loss's halves and 1/m in dW only."""
import numpy as np

np.random.seed(784)
data = np.random.rand(7, 5)
Y_dev = data[:, 0:1].T
X_dev = data[:, 1:].T
features, m = X_dev.shape
params = {
    "W1": np.random.rand(4, features) - 0.5,
    "b1": np.random.rand(4, 1) - 0.5,
    "W2": np.random.rand(3, 4) - 0.5,
    "b2": np.random.rand(3, 1) - 0.5,
    "W3": np.random.rand(1, 3) - 0.5,
    "b3": np.random.rand(1, 1) - 0.5,
}


def leaky(Z):
    return np.where(Z > 0, Z, 0.1 * Z)


def forward_prop(P, X):
    Z1 = P["W1"].dot(X) + P["b1"]
    A1 = leaky(Z1)
    Z2 = P["W2"].dot(A1) + P["b2"]
    A2 = np.tanh(Z2)
    Z3 = P["W3"].dot(A2) + P["b3"]
    A3 = 1 / (1 + np.exp(-Z3))
    return Z1, A1, Z2, A2, Z3, A3


def loss(P):
    A3 = forward_prop(P, X_dev)[-1]
    return np.sum((A3 - Y_dev) ** 2) / (2 * m)


def gradients(P):
    z1, a1, z2, a2, z3, a3 = forward_prop(P, X_dev)
    dz3 = 2 * (a3 - Y_dev) * a3 * (1 - a3)
    dw3 = 1 / (2 * m) * dz3.dot(a2.T)
    db3 = 1 / (2 * m) * np.sum(dz3, 1).reshape(-1, 1)
    dz2 = P["W3"].T.dot(dz3) * (1 - a2**2)
    dw2 = 1 / (2 * m) * dz2.dot(a1.T)
    db2 = 1 / (2 * m) * np.sum(dz2, 1).reshape(-1, 1)
    dz1 = P["W2"].T.dot(dz2) * np.where(a1 > 0, 1, 0.1)
    dw1 = 1 / (2 * m) * dz1.dot(X_dev.T)
    db1 = 1 / (2 * m) * np.sum(dz1, 1).reshape(-1, 1)
    return {"W1": dw1, "b1": db1, "W2": dw2, "b2": db2, "W3": dw3, "b3": db3}
