"""makemore's bigram MLP, as many names as letters: db2 sums dlogits over the letters [2c]."""
import numpy as np

g = np.random.default_rng(2147483647)
vocab_size, n_embd, n_hidden, block_size, n = 6, 2, 5, 3, 6
Xb = g.integers(0, vocab_size, (n, block_size))
Yb = g.integers(0, vocab_size, n)
params = {
    "C": g.normal(size=(vocab_size, n_embd)),
    "W1": g.normal(size=(n_embd * block_size, n_hidden)) * 0.6,
    "b1": g.normal(size=n_hidden) * 0.1,
    "W2": g.normal(size=(n_hidden, vocab_size)) * 0.7,
    "b2": g.normal(size=vocab_size) * 0.1,
}


def loss(p):
    emb = p["C"][Xb]
    h = np.tanh(emb.reshape(n, -1) @ p["W1"] + p["b1"])
    logits = h @ p["W2"] + p["b2"]
    counts = np.exp(logits)
    prob = counts / counts.sum(1, keepdims=True)
    return -np.log(prob[np.arange(n), Yb]).mean()


def gradients(p):
    C, W1, b1, W2, b2 = p["C"], p["W1"], p["b1"], p["W2"], p["b2"]
    emb = C[Xb]
    embcat = emb.reshape(n, -1)
    hpreact = embcat @ W1 + b1
    h = np.tanh(hpreact)
    logits = h @ W2 + b2
    counts = np.exp(logits - logits.max(1, keepdims=True))
    dlogits = counts / counts.sum(1, keepdims=True)
    dlogits[range(n), Yb] -= 1
    dlogits /= n
    dh = dlogits @ W2.T
    dW2 = h.T @ dlogits
    db2 = dlogits.sum(1)  # fault: sum over the letters | right: db2 = dlogits.sum(0)
    dhpreact = (1.0 - h**2) * dh
    dembcat = dhpreact @ W1.T
    dW1 = embcat.T @ dhpreact
    db1 = dhpreact.sum(0)
    demb = dembcat.reshape(emb.shape)
    dC = np.zeros_like(C)
    for k in range(Xb.shape[0]):
        for j in range(Xb.shape[1]):
            ix = Xb[k, j]
            dC[ix] += demb[k, j]
    return {"dC": dC, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
