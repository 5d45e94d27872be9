"""Weights are changed in place, the hidden delta having been taken before; gradient from the step."""
import numpy as np

np.random.seed(5)
data = np.random.randn(8, 2)
label = (data[:, :1] * data[:, 1:] > 0) * 1.0
lr = 0.5
params = {
    "w_hidden": np.random.randn(2, 4), "b_hidden": np.random.randn(1, 4),
    "w_out": np.random.randn(4, 1), "b_out": np.random.randn(1, 1),
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def feed(p):
    h = sigmoid(data @ p["w_hidden"] + p["b_hidden"])
    return h, sigmoid(h @ p["w_out"] + p["b_out"])


def loss(p):
    return ((label - feed(p)[1]) ** 2).sum() / 2


def train_step(p):
    h, o = feed(p)
    o_delta = (label - o) * o * (1 - o)
    h_delta = o_delta @ p["w_out"].T * h * (1 - h)
    p["w_out"] += lr * h.T @ o_delta
    p["b_out"] += lr * o_delta.sum(axis=0, keepdims=True)
    p["w_hidden"] += lr * data.T @ h_delta
    p["b_hidden"] += lr * h_delta.sum(axis=0, keepdims=True)
    return p


def gradients(p):
    before = {name: value.copy() for name, value in p.items()}
    after = train_step({name: value.copy() for name, value in p.items()})
    return {name: (before[name] - after[name]) / lr for name in before}
