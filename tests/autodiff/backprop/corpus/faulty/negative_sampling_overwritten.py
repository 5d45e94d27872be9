"""word2vec: a word's share overwrites what came before [9a]."""
import numpy as np

rng = np.random.RandomState(312)
pairs = [(0, 2), (1, 3), (2, 0), (3, 4)]
noise = np.array([[1, 4], [0, 0], [3, 4], [1, 2]])
params = {"centre": rng.randn(5, 3), "context": rng.randn(5, 3)}


def sigma(t):
    return 1 / (1 + np.exp(-t))


def loss(p):
    total = 0.0
    for (c, o), negatives in zip(pairs, noise):
        v = p["centre"][c]
        total = total - np.log(sigma(p["context"][o] @ v)) - np.log(sigma(-p["context"][negatives] @ v)).sum()
    return total


def contributions(p):
    for (c, o), negatives in zip(pairs, noise):
        v, u, n = p["centre"][c], p["context"][o], p["context"][negatives]
        pull = sigma(u @ v) - 1
        push = sigma(n @ v)
        yield "centre", c, pull * u + push @ n
        yield "context", o, pull * v
        for k, word in enumerate(negatives):
            yield "context", word, push[k] * v


def gradients(p):
    grads = {name: np.zeros_like(table) for name, table in p.items()}
    for name, row, share in contributions(p):
        grads[name][row] = share  # fault: overwritten | right: grads[name][row] += share
    return grads
