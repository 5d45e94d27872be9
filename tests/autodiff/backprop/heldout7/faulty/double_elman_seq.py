"""Char-RNN like, mean over time: output bias from the weights' gradient, Whh not averaged [2d, 1b, 10c]."""
import numpy as np

np.random.seed(23)
V, H, T = 4, 5, 6
ix = [0, 2, 1, 3, 3, 1]
targets = [2, 1, 3, 3, 1, 0]
params = {"Wxh": np.random.randn(H, V) * 0.6, "Whh": np.random.randn(H, H) * 0.5, "Why": np.random.randn(V, H) * 0.6,
          "bh": np.random.randn(H, 1) * 0.1, "by": np.random.randn(V, 1) * 0.1}


def rnn(p):
    xs, hs, ps = {}, {-1: np.zeros((H, 1))}, {}
    for t in range(T):
        xs[t] = np.zeros((V, 1))
        xs[t][ix[t]] = 1
        hs[t] = np.tanh(p["Wxh"] @ xs[t] + p["Whh"] @ hs[t - 1] + p["bh"])
        e = np.exp(p["Why"] @ hs[t] + p["by"])
        ps[t] = e / np.sum(e)
    return xs, hs, ps


def loss(p):
    ps = rnn(p)[2]
    return sum(-np.log(ps[t][targets[t], 0]) for t in range(T)) / T


def gradients(p):
    xs, hs, ps = rnn(p)
    dWxh, dWhh, dWhy = (np.zeros_like(p[k]) for k in ("Wxh", "Whh", "Why"))
    dbh, dby = np.zeros_like(p["bh"]), np.zeros_like(p["by"])
    dhnext = np.zeros((H, 1))
    for t in reversed(range(T)):
        dy = ps[t].copy()
        dy[targets[t]] -= 1
        step_Why = dy @ hs[t].T / T
        dWhy += step_Why
        dby += step_Why.sum(axis=1, keepdims=True)  # fault: bias from dW for dZ | right: dby += dy / T
        dh = p["Why"].T @ dy + dhnext
        draw = (1 - hs[t] ** 2) * dh
        dbh += draw / T
        dWxh += draw @ xs[t].T / T
        dWhh += draw @ hs[t - 1].T  # fault: 1/T missing | right: dWhh += draw @ hs[t - 1].T / T
        dhnext = p["Whh"].T @ draw
    return {"dWxh": dWxh, "dWhh": dWhh, "dWhy": dWhy, "dbh": dbh, "dby": dby}
