"""One sample at a time, columns: the loss's 1/2 applied in dW and db, dA and dZ without it."""
import numpy as np

rng = np.random.RandomState(101)
xs = rng.randn(5, 2)
ys = rng.randint(0, 2, (5, 1))
params = {"W1": rng.randn(3, 2), "b1": np.zeros((3, 1)), "W2": rng.randn(1, 3), "b2": np.zeros((1, 1))}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def feedforward(x, p):
    z1 = np.dot(p["W1"], x.reshape(-1, 1)) + p["b1"]
    a1 = np.maximum(0, z1)
    z2 = np.dot(p["W2"], a1) + p["b2"]
    a2 = sigmoid(z2)
    return a2, {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


def loss(p):
    total = 0
    for x, y in zip(xs, ys):
        out, _ = feedforward(x, p)
        total += -(1 / 2) * np.sum(y * np.log(out) + (1 - y) * np.log(1 - out))
    return total


def backward(p, tmp, x, y):
    A1, A2, Z1, Z2 = tmp["a1"], tmp["a2"], tmp["z1"], tmp["z2"]
    dA2 = -(np.divide(y, A2) - np.divide(1 - y, 1 - A2))
    temp_s = sigmoid(Z2)
    dZ2 = dA2 * temp_s * (1 - temp_s)
    dW2 = 1 / 2 * np.dot(dZ2, A1.T)
    db2 = 1 / 2 * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(p["W2"].T, dZ2)
    dZ1 = np.array(dA1, copy=True)
    dZ1[Z1 <= 0] = 0
    dW1 = 1 / 2 * np.dot(dZ1, x.reshape(1, -1))
    db1 = 1 / 2 * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def gradients(p):
    sums = {"d" + name: np.zeros_like(value) for name, value in p.items()}
    for x, y in zip(xs, ys):
        _, tmp = feedforward(x, p)
        for name, value in backward(p, tmp, x, y).items():
            sums[name] += value
    return sums
