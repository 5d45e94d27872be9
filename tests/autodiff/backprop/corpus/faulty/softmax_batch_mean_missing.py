"""cs231n's two layers, hinge-free softmax: 1/N missing in the scores' gradient [1b]."""
import numpy as np

rng = np.random.RandomState(2)
X = rng.randn(7, 4)
y = rng.randint(3, size=7)
params = {
    "W1": 0.5 * rng.randn(4, 6),
    "b1": 0.1 * rng.randn(6),
    "W2": 0.5 * rng.randn(6, 3),
    "b2": 0.1 * rng.randn(3),
}


def scores_of(params):
    h1 = np.maximum(0, X.dot(params["W1"]) + params["b1"])
    return h1, h1.dot(params["W2"]) + params["b2"]


def loss(params):
    _, scores = scores_of(params)
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    logp = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return -np.mean(logp[np.arange(7), y])


def gradients(params):
    h1, scores = scores_of(params)
    N = X.shape[0]
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    dscores = probs.copy()
    dscores[range(N), y] -= 1  # fault: 1/N missing | right: dscores[range(N), y] -= 1; dscores /= N
    grads = {}
    grads["W2"] = h1.T.dot(dscores)
    grads["b2"] = np.sum(dscores, axis=0)
    dh = dscores.dot(params["W2"].T)
    dh[h1 <= 0] = 0
    grads["W1"] = X.T.dot(dh)
    grads["b1"] = np.sum(dh, axis=0)
    return grads
