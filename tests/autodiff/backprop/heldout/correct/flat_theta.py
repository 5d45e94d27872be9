"""One flat parameter vector, views of a flat gradient filled in place."""
import numpy as np

rng = np.random.RandomState(306)
X, Y = rng.randn(7, 3), rng.randn(7, 2)
params = {"theta": rng.randn(3 * 4 + 4 + 4 * 2 + 2)}


def views(v):
    return v[:12].reshape(3, 4), v[12:16], v[16:24].reshape(4, 2), v[24:]


def loss(params):
    W1, b1, W2, b2 = views(params["theta"])
    return np.mean((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2)


def gradients(params):
    W1, b1, W2, b2 = views(params["theta"])
    flat = np.zeros(26)
    gW1, gb1, gW2, gb2 = views(flat)
    h = np.tanh(X @ W1 + b1)
    err = 2 * (h @ W2 + b2 - Y) / Y.size
    gW2[...] = h.T @ err
    gb2[:] = err.sum(axis=0)
    err = (err @ W2.T) * (1 - h**2)
    np.matmul(X.T, err, out=gW1)
    np.sum(err, axis=0, out=gb1)
    return {"theta": flat}
