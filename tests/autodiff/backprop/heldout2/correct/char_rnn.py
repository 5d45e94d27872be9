"""min-char-rnn whole: dicts by time step, dy counted down in place, accumulators with +=."""
import numpy as np

np.random.seed(0)
data = "abcab"
chars = list("abc")
vocab_size, hidden_size = 3, 4
char_to_ix = {ch: i for i, ch in enumerate(chars)}
inputs = [char_to_ix[ch] for ch in data[:-1]]
targets = [char_to_ix[ch] for ch in data[1:]]
params = {
    "Wxh": np.random.randn(hidden_size, vocab_size) * 0.5,
    "Whh": np.random.randn(hidden_size, hidden_size) * 0.5,
    "Why": np.random.randn(vocab_size, hidden_size) * 0.5,
    "bh": np.zeros((hidden_size, 1)),
    "by": np.zeros((vocab_size, 1)),
}


def lossFun(inputs, targets, hprev, p):
    Wxh, Whh, Why, bh, by = p["Wxh"], p["Whh"], p["Why"], p["bh"], p["by"]
    xs, hs, ys, ps = {}, {}, {}, {}
    hs[-1] = np.copy(hprev)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((vocab_size, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, hs[t - 1]) + bh)
        ys[t] = np.dot(Why, hs[t]) + by
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
        loss += -np.log(ps[t][targets[t], 0])
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby = np.zeros_like(bh), np.zeros_like(by)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t].T)
        dby += dy
        dh = np.dot(Why.T, dy) + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T)
        dWhh += np.dot(dhraw, hs[t - 1].T)
        dhnext = np.dot(Whh.T, dhraw)
    for dparam in [dWxh, dWhh, dWhy, dbh, dby]:
        np.clip(dparam, -50, 50, out=dparam)
    return loss, dWxh, dWhh, dWhy, dbh, dby, hs[len(inputs) - 1]


def loss(params):
    return lossFun(inputs, targets, np.zeros((hidden_size, 1)), params)[0]


def gradients(params):
    _, dWxh, dWhh, dWhy, dbh, dby, _ = lossFun(inputs, targets, np.zeros((hidden_size, 1)), params)
    return {"dWxh": dWxh, "dWhh": dWhh, "dWhy": dWhy, "dbh": dbh, "dby": dby}
