"""Char RNN in the min-char style, the gradient from the next time step isn't added [4c]."""
import numpy as np

vocab_size, hidden_size = 4, 5
inputs = [0, 2, 1, 3, 3]
targets = [2, 1, 3, 3, 0]

np.random.seed(5)
params = {
    "Wxh": np.random.randn(hidden_size, vocab_size) * 0.5,
    "Whh": np.random.randn(hidden_size, hidden_size) * 0.5,
    "Why": np.random.randn(vocab_size, hidden_size) * 0.5,
    "bh": np.random.randn(hidden_size, 1) * 0.1,
    "by": np.random.randn(vocab_size, 1) * 0.1,
}


def lossFun(inputs, targets, hprev, P):
    xs, hs, ys, ps = {}, {}, {}, {}
    hs[-1] = np.copy(hprev)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((vocab_size, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(P["Wxh"], xs[t]) + np.dot(P["Whh"], hs[t - 1]) + P["bh"])
        ys[t] = np.dot(P["Why"], hs[t]) + P["by"]
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
        loss += -np.log(ps[t][targets[t], 0])
    dWxh, dWhh, dWhy = np.zeros_like(P["Wxh"]), np.zeros_like(P["Whh"]), np.zeros_like(P["Why"])
    dbh, dby = np.zeros_like(P["bh"]), np.zeros_like(P["by"])
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t].T)
        dby += dy
        dh = np.dot(P["Why"].T, dy)  # fault: dhnext left out | right: dh = np.dot(P["Why"].T, dy) + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T)
        dWhh += np.dot(dhraw, hs[t - 1].T)
        dhnext = np.dot(P["Whh"].T, dhraw)
    return loss, dWxh, dWhh, dWhy, dbh, dby


h0 = np.full((hidden_size, 1), 0.2)


def loss(P):
    return lossFun(inputs, targets, h0, P)[0]


def gradients(P):
    _, dWxh, dWhh, dWhy, dbh, dby = lossFun(inputs, targets, h0, P)
    return {"dWxh": dWxh, "dWhh": dWhh, "dWhy": dWhy, "dbh": dbh, "dby": dby}
