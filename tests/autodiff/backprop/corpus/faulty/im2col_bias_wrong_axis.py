"""Convolution by im2col, class with cache: the bias is summed over the filters [2c]."""
import numpy as np

rng = np.random.RandomState(47)
x = rng.randn(3, 4, 4)
y = rng.randn(3, 4, 2)
params = {"F": rng.randn(9, 2) * 0.4, "c": rng.randn(2)}


def im2col(x, k=3):
    cols = []
    for i in range(x.shape[1] - k + 1):
        for j in range(x.shape[2] - k + 1):
            cols.append(x[:, i : i + k, j : j + k].reshape(len(x), -1))
    return np.stack(cols, axis=1)


class Conv:
    def __init__(self, F, c):
        self.F, self.c = F, c

    def forward(self, x):
        self.col = im2col(x)
        self.out = self.col @ self.F + self.c
        return self.out

    def backward(self, dout):
        flat = dout.reshape(-1, dout.shape[-1])
        self.dF = self.col.reshape(-1, 9).T @ flat
        self.dc = flat.reshape(2, -1).sum(axis=1)  # fault: sum over the wrong axis | right: self.dc = flat.sum(axis=0)


def loss(params):
    layer = Conv(params["F"], params["c"])
    return 0.5 * np.sum((layer.forward(x) - y) ** 2) / len(x)


def gradients(params):
    layer = Conv(params["F"], params["c"])
    out = layer.forward(x)
    layer.backward((out - y) / len(x))
    return {"dF": layer.dF, "dc": layer.dc}
