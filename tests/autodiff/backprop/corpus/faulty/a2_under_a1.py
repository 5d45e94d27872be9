"""Columns, sigmoid layers, cache as dictionary: a2 stored under a1 [5a]."""
import numpy as np

rng = np.random.RandomState(19)
x_train = rng.randn(2, 7)
y_train = rng.randint(0, 2, (1, 7)).astype(np.float64)
params = {"W1": rng.randn(3, 2), "b1": rng.randn(3, 1), "W2": rng.randn(3, 3), "b2": rng.randn(3, 1),
          "W3": rng.randn(1, 3), "b3": rng.randn(1, 1)}


def sigma(z):
    return 1 / (1 + np.exp(-z))


def feedforward(x, params):
    z1 = np.dot(params["W1"], x) + params["b1"]
    a1 = sigma(z1)
    z2 = np.dot(params["W2"], a1) + params["b2"]
    a2 = sigma(z2)
    z3 = np.dot(params["W3"], a2) + params["b3"]
    a3 = sigma(z3)
    cache = {}
    cache["z1"], cache["z2"], cache["z3"] = z1, z2, z3
    cache["a1"] = a2  # fault: a2 stored under a1 | right: cache["a1"] = a1
    cache["a2"] = a2
    return a3, cache


def loss(params):
    a3, _ = feedforward(x_train, params)
    return -np.mean(y_train * np.log(a3) + (1 - y_train) * np.log(1 - a3))


def gradients(params):
    A3, cache = feedforward(x_train, params)
    m = x_train.shape[1]
    grads = {}
    dZ3 = A3 - y_train
    grads["dW3"] = dZ3 @ cache["a2"].T / m
    grads["db3"] = dZ3.sum(axis=1, keepdims=True) / m
    dA2 = params["W3"].T @ dZ3
    dZ2 = dA2 * sigma(cache["z2"]) * (1 - sigma(cache["z2"]))
    grads["dW2"] = dZ2 @ cache["a1"].T / m
    grads["db2"] = dZ2.sum(axis=1, keepdims=True) / m
    dA1 = params["W2"].T @ dZ2
    dZ1 = dA1 * sigma(cache["z1"]) * (1 - sigma(cache["z1"]))
    grads["dW1"] = dZ1 @ x_train.T / m
    grads["db1"] = dZ1.sum(axis=1, keepdims=True) / m
    return grads
