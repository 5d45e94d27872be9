"""The net is trained one step in place; the gradient is what the step took away, by the rate."""
import numpy as np

np.random.seed(15)
X = np.random.randn(6, 3)
Y = np.random.randn(6, 2)
params = {"W1": np.random.randn(3, 4), "b1": np.random.randn(1, 4), "W2": np.random.randn(4, 2), "b2": np.random.randn(1, 2)}
lr = 0.125


def forward(P):
    h = 1 / (1 + np.exp(-(X @ P["W1"] + P["b1"])))
    return h, h @ P["W2"] + P["b2"]


def loss(P):
    return np.mean((forward(P)[1] - Y) ** 2)


def sgd_step(P):
    h, o = forward(P)
    e = 2 * (o - Y) / o.size
    eh = e @ P["W2"].T           # before W2 is touched
    P["W2"] -= lr * h.T @ e
    P["b2"] -= lr * e.sum(axis=0)
    eh *= h
    eh *= 1 - h
    P["W1"] -= lr * X.T @ eh
    P["b1"] -= lr * eh.sum(axis=0)


def gradients(P):
    before = {k: v.copy() for k, v in P.items()}
    sgd_step(P)
    return {"d" + k: (before[k] - P[k]) / lr for k in P}
