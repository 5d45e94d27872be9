"""Copied the dZ2 line for dZ1 and left Z2 in it; one bias takes the mean of a mean [2a, 8b, 10c]."""
import numpy as np

np.random.seed(29)
X = np.random.randn(6, 10)
y = np.random.randn(1, 10)
hidden = 7
params = {
    "W1": np.random.randn(hidden, 6) * 0.4, "b1": np.random.randn(hidden, 1) * 0.1,
    "W2": np.random.randn(hidden, hidden) * 0.4, "b2": np.random.randn(hidden, 1) * 0.1,
    "W3": np.random.randn(1, hidden) * 0.4, "b3": np.random.randn(1, 1) * 0.1,
}


def relu(Z):
    return Z * (Z > 0)


def relu_grad(Z):
    return (Z > 0).astype(float)


def forward(p):
    cache = {}
    cache["Z1"] = p["W1"] @ X + p["b1"]
    cache["A1"] = relu(cache["Z1"])
    cache["Z2"] = p["W2"] @ cache["A1"] + p["b2"]
    cache["A2"] = relu(cache["Z2"])
    cache["Z3"] = p["W3"] @ cache["A2"] + p["b3"]
    return cache


def loss(p):
    return np.mean((forward(p)["Z3"] - y) ** 2)


def gradients(p):
    cache = forward(p)
    m = y.shape[1]
    g = {}
    dZ3 = 2 / m * (cache["Z3"] - y)
    g["dW3"] = dZ3 @ cache["A2"].T
    g["db3"] = np.sum(dZ3, axis=1, keepdims=True)

    dZ2 = (p["W3"].T @ dZ3) * relu_grad(cache["Z2"])
    g["dW2"] = dZ2 @ cache["A1"].T
    g["db2"] = np.mean(dZ2, axis=1, keepdims=True)  # fault: mean, 1/m being in dZ3 | right: g["db2"] = np.sum(dZ2, axis=1, keepdims=True)

    dZ1 = (p["W2"].T @ dZ2) * relu_grad(cache["Z2"])  # fault: mask of layer 2 | right: dZ1 = (p["W2"].T @ dZ2) * relu_grad(cache["Z1"])
    g["dW1"] = dZ1 @ X.T
    g["db1"] = np.sum(dZ1, axis=1, keepdims=True)
    return g
