"""d2l's names, rows, W_xh, W_hh, b_h, W_hq, b_q: W_hh where its transpose belongs [6a]."""
import numpy as np

gen = np.random.default_rng(208)
steps, batch, vocab, hid = 3, 5, 2, 4
Xs = gen.normal(size=(steps, batch, vocab))
Ys = gen.normal(size=(steps, batch, 3))
params = {
    "W_xh": gen.normal(size=(vocab, hid)) * 0.6,
    "W_hh": gen.normal(size=(hid, hid)) * 0.6,
    "b_h": gen.normal(size=hid) * 0.1,
    "W_hq": gen.normal(size=(hid, 3)) * 0.6,
    "b_q": gen.normal(size=3) * 0.1,
}


def rnn(inputs, W_xh, W_hh, b_h, W_hq, b_q):
    H = np.zeros((batch, hid))
    Hs, outputs = [H], []
    for X in inputs:
        H = np.tanh(np.matmul(X, W_xh) + np.matmul(H, W_hh) + b_h)
        Hs.append(H)
        outputs.append(np.matmul(H, W_hq) + b_q)
    return Hs, outputs


def loss(params):
    _, outputs = rnn(Xs, **params)
    return sum(np.mean((Y_hat - Y) ** 2) for Y_hat, Y in zip(outputs, Ys))


def gradients(params):
    Hs, outputs = rnn(Xs, **params)
    W_hh, W_hq = params["W_hh"], params["W_hq"]
    d = {k: np.zeros(v.shape) for k, v in params.items()}
    dH_future = np.zeros((batch, hid))
    for t in range(steps, 0, -1):
        dO = 2 * (outputs[t - 1] - Ys[t - 1]) / Ys[t - 1].size
        d["W_hq"] += np.matmul(Hs[t].T, dO)
        d["b_q"] += dO.sum(0)
        dH = np.matmul(dO, W_hq.T) + dH_future
        dA = (1 - Hs[t] ** 2) * dH
        d["W_xh"] += np.matmul(Xs[t - 1].T, dA)
        d["W_hh"] += np.matmul(Hs[t - 1].T, dA)
        d["b_h"] += dA.sum(0)
        dH_future = np.matmul(dA, W_hh)  # fault: transpose missing | right: dH_future = np.matmul(dA, W_hh.T)
    return d
