"""One function for loss and gradients, rows: probabilities divided by the sum of all, loss by logsumexp [7c]."""
import numpy as np

np.random.seed(0)
x = np.random.randn(5, 4)
t = np.array([0, 1, 2, 2, 0])
params = {
    "w1": 0.5 * np.random.randn(4, 6),
    "b1": np.zeros(6),
    "w2": 0.5 * np.random.randn(6, 3),
    "b2": np.zeros(3),
}


def logsumexp(s):
    top = np.max(s, axis=1)
    return top + np.log(np.sum(np.exp(s - top[:, None]), axis=1))


def run(p, want_grads):
    z1 = x.dot(p["w1"]) + p["b1"]
    h = np.log1p(np.exp(z1))
    s = h.dot(p["w2"]) + p["b2"]
    n = len(t)
    value = np.mean(logsumexp(s) - s[np.arange(n), t])
    if not want_grads:
        return value
    e = np.exp(s)
    ds = e / np.sum(e)  # fault: softmax over the whole batch | right: ds = e / np.sum(e, axis=1, keepdims=True)
    ds[np.arange(n), t] -= 1
    ds = ds / n
    g = {}
    g["w2"] = h.T.dot(ds)
    g["b2"] = ds.sum(0)
    dh = ds.dot(p["w2"].T)
    dz1 = dh / (1 + np.exp(-z1))
    g["w1"] = x.T.dot(dz1)
    g["b1"] = dz1.sum(0)
    return g


def loss(p):
    return run(p, False)


def gradients(p):
    return run(p, True)
