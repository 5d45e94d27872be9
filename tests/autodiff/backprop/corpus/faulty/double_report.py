"""The report's network of one-sample columns: a2 under a1, and sigmoid' at dA2 [5a, 3c, 10c]."""
import numpy as np

rng = np.random.RandomState(61)
samples = [(rng.randn(2), float(k)) for k in (0, 1, 1, 0, 1)]
params = {"W1": rng.randn(4, 2), "b1": rng.randn(4, 1), "W2": rng.randn(4, 4), "b2": rng.randn(4, 1), "W3": rng.randn(1, 4), "b3": rng.randn(1, 1)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def feedforward(x, p):
    z1 = np.dot(p["W1"], x.reshape(2, 1)) + p["b1"]
    a1 = np.maximum(0, z1)
    z2 = np.dot(p["W2"], a1) + p["b2"]
    a2 = sigmoid(z2)
    z3 = np.dot(p["W3"], a2) + p["b3"]
    a3 = sigmoid(z3)
    tmp = {"z1": z1, "z2": z2, "z3": z3, "a2": a2, "a3": a3}
    tmp["a1"] = a2  # fault: a2 stored under a1 | right: tmp["a1"] = a1
    return a3, tmp


def loss(p):
    total = 0
    for x, y in samples:
        out, _ = feedforward(x, p)
        total += -(1 / 2) * np.sum(y * np.log(out) + (1 - y) * np.log(1 - out))
    return total


def backpropagation(p, tmp, x, y):
    A1, A2, A3 = tmp["a1"], tmp["a2"], tmp["a3"]
    Z1, Z2, Z3 = tmp["z1"], tmp["z2"], tmp["z3"]
    dA3 = -(np.divide(y, A3) - np.divide(1 - y, 1 - A3))
    temp_s = sigmoid(Z3)
    dZ3 = dA3 * temp_s * (1 - temp_s)
    dW3 = 1 / 2 * np.dot(dZ3, A2.T)
    db3 = 1 / 2 * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(p["W3"].T, dZ3)
    temp_s = sigmoid(dA2)  # fault: sigmoid of the gradient | right: temp_s = sigmoid(Z2)
    dZ2 = dA2 * temp_s * (1 - temp_s)
    dW2 = 1 / 2 * np.dot(dZ2, A1.T)
    db2 = 1 / 2 * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(p["W2"].T, dZ2)
    dZ1 = np.array(dA1, copy=True)
    dZ1[Z1 <= 0] = 0
    dW1 = 1 / 2 * np.dot(dZ1, x.reshape(1, -1))
    db1 = 1 / 2 * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


def gradients(p):
    grads = {}
    for x, y in samples:
        _, tmp = feedforward(x, p)
        for name, g in backpropagation(p, tmp, x, y).items():
            grads[name] = grads.get(name, 0) + g
    return grads
