"""Row samples, two layers, relu, mean squared error: the 2 of the square is missing [1a]."""
import numpy as np

rng = np.random.default_rng(0)
X = rng.normal(size=(6, 3))
Y = rng.normal(size=(6, 2))
params = {
    "W1": rng.normal(size=(3, 5)) * 0.7,
    "b1": rng.normal(size=5) * 0.1,
    "W2": rng.normal(size=(5, 2)) * 0.7,
    "b2": rng.normal(size=2) * 0.1,
}


def forward(p, X):
    z1 = X @ p["W1"] + p["b1"]
    a1 = np.maximum(0, z1)
    out = a1 @ p["W2"] + p["b2"]
    return z1, a1, out


def loss(p):
    _, _, out = forward(p, X)
    return np.mean((out - Y) ** 2)


def gradients(p):
    z1, a1, out = forward(p, X)
    dout = (out - Y) / out.size  # fault: factor 2 missing | right: dout = 2 * (out - Y) / out.size
    dW2 = a1.T @ dout
    db2 = dout.sum(axis=0)
    da1 = dout @ p["W2"].T
    dz1 = da1 * (z1 > 0)
    dW1 = X.T @ dz1
    db1 = dz1.sum(axis=0)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
