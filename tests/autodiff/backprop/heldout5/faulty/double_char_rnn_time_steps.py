"""Little character RNN: nothing comes from the later step, and one matrix is overwritten [4c, 9a, 10c]."""
import numpy as np

np.random.seed(13)
hidden_size, vocab_size = 4, 3
inputs = [0, 2, 1, 1, 0]
targets = [2, 1, 1, 0, 2]
params = {
    "Wxh": np.random.randn(hidden_size, vocab_size) * 0.5,
    "Whh": np.random.randn(hidden_size, hidden_size) * 0.5,
    "Why": np.random.randn(vocab_size, hidden_size) * 0.5,
    "bh": np.random.randn(hidden_size, 1) * 0.1,
    "by": np.random.randn(vocab_size, 1) * 0.1,
}


def unroll(p):
    xs, hs, ps = {}, {-1: np.zeros((hidden_size, 1))}, {}
    total = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((vocab_size, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(p["Wxh"], xs[t]) + np.dot(p["Whh"], hs[t - 1]) + p["bh"])
        ys = np.dot(p["Why"], hs[t]) + p["by"]
        ps[t] = np.exp(ys) / np.sum(np.exp(ys))
        total += -np.log(ps[t][targets[t], 0])
    return total, xs, hs, ps


def loss(p):
    return unroll(p)[0]


def gradients(p):
    _, xs, hs, ps = unroll(p)
    dWxh, dWhh, dWhy = np.zeros_like(p["Wxh"]), np.zeros_like(p["Whh"]), np.zeros_like(p["Why"])
    dbh, dby = np.zeros_like(p["bh"]), np.zeros_like(p["by"])
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy = np.dot(dy, hs[t].T)  # fault: last step's overwritten | right: dWhy += np.dot(dy, hs[t].T)
        dby += dy
        dh = np.dot(p["Why"].T, dy)  # fault: dhnext left out | right: dh = np.dot(p["Why"].T, dy) + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T)
        dWhh += np.dot(dhraw, hs[t - 1].T)
        dhnext = np.dot(p["Whh"].T, dhraw)
    return {"Wxh": dWxh, "Whh": dWhh, "Why": dWhy, "bh": dbh, "by": dby}
