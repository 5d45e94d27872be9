"""makemore's batch norm by hand, n - 1 in the variance: dbngain keeps a row for every name [2e]."""
import numpy as np

g = np.random.default_rng(1234)
n, fan_in, n_hidden, classes = 7, 4, 5, 3
Xb = g.normal(size=(n, fan_in))
Yb = g.integers(0, classes, n)
params = {
    "W1": g.normal(size=(fan_in, n_hidden)),
    "bngain": 1 + 0.2 * g.normal(size=(1, n_hidden)),
    "bnbias": g.normal(size=(1, n_hidden)) * 0.2,
    "W2": g.normal(size=(n_hidden, classes)),
}


def bn(p):
    hprebn = Xb @ p["W1"]
    bndiff = hprebn - hprebn.mean(0, keepdims=True)
    bnvar = 1 / (n - 1) * (bndiff**2).sum(0, keepdims=True)
    bnvar_inv = (bnvar + 1e-5) ** -0.5
    bnraw = bndiff * bnvar_inv
    return hprebn, bndiff, bnvar_inv, bnraw


def loss(p):
    bnraw = bn(p)[-1]
    h = np.tanh(p["bngain"] * bnraw + p["bnbias"])
    logits = h @ p["W2"]
    logprobs = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    return -logprobs[range(n), Yb].mean()


def gradients(p):
    hprebn, bndiff, bnvar_inv, bnraw = bn(p)
    hpreact = p["bngain"] * bnraw + p["bnbias"]
    h = np.tanh(hpreact)
    logits = h @ p["W2"]
    probs = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    dlogits = probs.copy()
    dlogits[range(n), Yb] -= 1
    dlogits /= n
    dh = dlogits @ p["W2"].T
    dW2 = h.T @ dlogits
    dhpreact = (1 - h**2) * dh
    dbngain = bnraw * dhpreact  # fault: broadcast not reduced | right: dbngain = (bnraw * dhpreact).sum(0, keepdims=True)
    dbnbias = dhpreact.sum(0, keepdims=True)
    dhprebn = p["bngain"] * bnvar_inv / n * (n * dhpreact - dhpreact.sum(0) - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0))
    dW1 = Xb.T @ dhprebn
    return {"W1": dW1, "bngain": dbngain, "bnbias": dbnbias, "W2": dW2}
