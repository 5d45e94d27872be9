"""Report style, samples in columns, dZ left as twice the difference and the 1/2m taken in the weights."""
import numpy as np

rng = np.random.RandomState(12)
X = rng.randn(3, 7)
Y = rng.rand(2, 7)
m = X.shape[1]
params = {
    "W1": rng.randn(4, 3), "B1": rng.randn(4, 1),
    "W2": rng.randn(2, 4), "B2": rng.randn(2, 1),
}


def logistic(z):
    return 1 / (1 + np.exp(-z))


def loss(p):
    z1 = p["W1"] @ X + p["B1"]
    a1 = logistic(z1)
    z2 = p["W2"] @ a1 + p["B2"]
    a2 = logistic(z2)
    return 1 / (2 * m) * np.sum(np.square(Y - a2))


def gradients(p):
    Z1 = np.matmul(p["W1"], X) + p["B1"]
    A1 = logistic(Z1)
    Z2 = np.matmul(p["W2"], A1) + p["B2"]
    A2 = logistic(Z2)
    dZ2 = 2 * (A2 - Y) * A2 * (1 - A2)
    dW2 = 1 / (2 * m) * np.matmul(dZ2, A1.T)
    dB2 = 1 / (2 * m) * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.matmul(p["W2"].T, dZ2) * A1 * (1 - A1)
    dW1 = 1 / (2 * m) * np.matmul(dZ1, X.T)
    dB1 = 1 / (2 * m) * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "dB1": dB1, "dW2": dW2, "dB2": dB2}
