"""makemore's exercise 1: every intermediate has its d, ways back added with +=, Bessel's n - 1, max's zero gradient."""
import numpy as np

g = np.random.default_rng(42)
vocab, n_embd, block, n_hidden, n = 5, 2, 2, 4, 6
Xb = g.integers(0, vocab, (n, block))
Yb = g.integers(0, vocab, n)
params = {
    "C": g.normal(size=(vocab, n_embd)),
    "W1": g.normal(size=(n_embd * block, n_hidden)),
    "b1": g.normal(size=n_hidden) * 0.1,
    "W2": g.normal(size=(n_hidden, vocab)) * 0.5,
    "b2": g.normal(size=vocab) * 0.1,
    "bngain": g.normal(size=(1, n_hidden)) * 0.1 + 1.0,
    "bnbias": g.normal(size=(1, n_hidden)) * 0.1,
}


def forward(p):
    v = {}
    v["emb"] = p["C"][Xb]
    v["embcat"] = v["emb"].reshape(n, -1)
    v["hprebn"] = v["embcat"] @ p["W1"] + p["b1"]
    v["bnmeani"] = 1 / n * v["hprebn"].sum(0, keepdims=True)
    v["bndiff"] = v["hprebn"] - v["bnmeani"]
    v["bndiff2"] = v["bndiff"] ** 2
    v["bnvar"] = 1 / (n - 1) * v["bndiff2"].sum(0, keepdims=True)
    v["bnvar_inv"] = (v["bnvar"] + 1e-5) ** -0.5
    v["bnraw"] = v["bndiff"] * v["bnvar_inv"]
    v["hpreact"] = p["bngain"] * v["bnraw"] + p["bnbias"]
    v["h"] = np.tanh(v["hpreact"])
    v["logits"] = v["h"] @ p["W2"] + p["b2"]
    v["logit_maxes"] = v["logits"].max(1, keepdims=True)
    v["norm_logits"] = v["logits"] - v["logit_maxes"]
    v["counts"] = np.exp(v["norm_logits"])
    v["counts_sum"] = v["counts"].sum(1, keepdims=True)
    v["counts_sum_inv"] = v["counts_sum"] ** -1
    v["probs"] = v["counts"] * v["counts_sum_inv"]
    v["logprobs"] = np.log(v["probs"])
    return v


def loss(p):
    return -forward(p)["logprobs"][range(n), Yb].mean()


def gradients(p):
    v = forward(p)
    dlogprobs = np.zeros_like(v["logprobs"])
    dlogprobs[range(n), Yb] = -1.0 / n
    dprobs = (1.0 / v["probs"]) * dlogprobs
    dcounts_sum_inv = (v["counts"] * dprobs).sum(1, keepdims=True)
    dcounts = v["counts_sum_inv"] * dprobs
    dcounts_sum = (-(v["counts_sum"] ** -2)) * dcounts_sum_inv
    dcounts += np.ones_like(v["counts"]) * dcounts_sum
    dnorm_logits = v["counts"] * dcounts
    dlogits = dnorm_logits.copy()
    dlogit_maxes = (-dnorm_logits).sum(1, keepdims=True)
    dlogits += np.eye(vocab)[v["logits"].argmax(1)] * dlogit_maxes
    dh = dlogits @ p["W2"].T
    dW2 = v["h"].T @ dlogits
    db2 = dlogits.sum(0)
    dhpreact = (1.0 - v["h"] ** 2) * dh
    dbngain = (v["bnraw"] * dhpreact).sum(0, keepdims=True)
    dbnraw = p["bngain"] * dhpreact
    dbnbias = dhpreact.sum(0, keepdims=True)
    dbndiff = v["bnvar_inv"] * dbnraw
    dbnvar_inv = (v["bndiff"] * dbnraw).sum(0, keepdims=True)
    dbnvar = (-0.5 * (v["bnvar"] + 1e-5) ** -1.5) * dbnvar_inv
    dbndiff2 = (1.0 / (n - 1)) * np.ones_like(v["bndiff2"]) * dbnvar
    dbndiff += (2 * v["bndiff"]) * dbndiff2
    dhprebn = dbndiff.copy()
    dbnmeani = (-dbndiff).sum(0)
    dhprebn += 1.0 / n * (np.ones_like(v["hprebn"]) * dbnmeani)
    dembcat = dhprebn @ p["W1"].T
    dW1 = v["embcat"].T @ dhprebn
    db1 = dhprebn.sum(0)
    demb = dembcat.reshape(v["emb"].shape)
    dC = np.zeros_like(p["C"])
    for k in range(Xb.shape[0]):
        for j in range(Xb.shape[1]):
            dC[Xb[k, j]] += demb[k, j]
    return {"dC": dC, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dbngain": dbngain, "dbnbias": dbnbias}
