"""Embedding lookup: a word that comes twice keeps the last gradient only [9a]."""
import numpy as np

rng = np.random.default_rng(50)
words = np.array([1, 4, 1, 0, 3, 1, 4])
labels = np.array([0, 1, 0, 2, 1, 2, 0])
params = {"emb": rng.normal(size=(5, 3)), "W": rng.normal(size=(3, 3)), "b": np.zeros(3)}


def forward(p):
    vec = p["emb"][words]
    logits = vec @ p["W"] + p["b"]
    logits = logits - logits.max(axis=1, keepdims=True)
    prob = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return vec, prob


def loss(p):
    _, prob = forward(p)
    return -np.mean(np.log(prob[np.arange(len(words)), labels]))


def gradients(p):
    vec, prob = forward(p)
    dlogits = prob.copy()
    dlogits[np.arange(len(words)), labels] -= 1.0
    dlogits /= len(words)
    dW = vec.T @ dlogits
    db = dlogits.sum(axis=0)
    dvec = dlogits @ p["W"].T
    demb = np.zeros_like(p["emb"])
    demb[words] += dvec  # fault: repeated rows not summed | right: np.add.at(demb, words, dvec)
    return {"demb": demb, "dW": dW, "db": db}
