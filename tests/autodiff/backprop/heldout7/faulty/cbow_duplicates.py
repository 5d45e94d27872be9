"""CBOW toy: word vectors averaged, fancy-index += drops repeated words [9a]."""
import numpy as np

rng = np.random.RandomState(2)
vocab, dim = 7, 4
contexts = np.array([[0, 1, 1], [2, 3, 4], [5, 5, 0], [1, 6, 2]])
centers = np.array([2, 5, 3, 0])
params = {"emb": rng.randn(vocab, dim) * 0.8, "out": rng.randn(dim, vocab) * 0.8}


def softmax(u):
    e = np.exp(u - u.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def forward(params):
    h = params["emb"][contexts].mean(axis=1)
    return h, softmax(h @ params["out"])


def loss(params):
    _, yhat = forward(params)
    return -np.sum(np.log(yhat[range(len(centers)), centers])) / len(centers)


def gradients(params):
    h, yhat = forward(params)
    e = yhat.copy()
    e[range(len(centers)), centers] -= 1.0
    e /= len(centers)
    d_out = h.T @ e
    d_h = e @ params["out"].T
    d_emb = np.zeros_like(params["emb"])
    each = np.repeat(d_h[:, None, :] / contexts.shape[1], contexts.shape[1], axis=1)
    d_emb[contexts] += each  # fault: repeated words written over | right: np.add.at(d_emb, contexts, each)
    return {"emb": d_emb, "out": d_out}
