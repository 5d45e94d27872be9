"""Layer classes, rows: db over the wrong axis in a square layer, and nothing passed on to the first [2c, 10b, 10c]."""
import numpy as np

rng = np.random.default_rng(68)
X, Y = rng.normal(size=(4, 3)), rng.normal(size=(4, 4))
params = {"W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=5), "W2": rng.normal(size=(5, 4)), "b2": rng.normal(size=4)}


class FirstLayer:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W + self.b)
        return self.h

    def backward(self, dh):
        dz = dh * (1 - self.h**2)
        return self.x.T @ dz, dz.sum(axis=0)


class SecondLayer:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, h):
        self.h = h
        return h @ self.W + self.b

    def backward(self, dz):
        dh = np.zeros_like(self.h)  # fault: layer detached, zeros | right: dh = dz @ self.W.T
        db = dz.sum(axis=1)  # fault: sum over the wrong axis | right: db = dz.sum(axis=0)
        return dh, self.h.T @ dz, db


def loss(params):
    h = FirstLayer(params["W1"], params["b1"]).forward(X)
    out = SecondLayer(params["W2"], params["b2"]).forward(h)
    return 0.5 * np.sum((out - Y) ** 2) / len(X)


def gradients(params):
    first, second = FirstLayer(params["W1"], params["b1"]), SecondLayer(params["W2"], params["b2"])
    out = second.forward(first.forward(X))
    dh, dW2, db2 = second.backward((out - Y) / len(X))
    dW1, db1 = first.backward(dh)
    return {"grad_W1": dW1, "grad_b1": db1, "grad_W2": dW2, "grad_b2": db2}
