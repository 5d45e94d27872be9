"""The gradient does its own forward pass and sums the exponentials over the whole batch [7c]."""
import numpy as np

np.random.seed(123)
N, D, H, C = 7, 4, 5, 3
X = np.random.randn(N, D)
y = np.random.randint(0, C, N)


def hidden(params):
    return 1 / (1 + np.exp(-(X.dot(params["W1"]) + params["b1"])))


def loss(params):
    h = hidden(params)
    scores = h.dot(params["W2"]) + params["b2"]
    exp_scores = np.exp(scores)
    probs = exp_scores / exp_scores.sum(axis=1, keepdims=True)
    return -np.log(probs[np.arange(N), y]).sum() / N


def gradients(params):
    h = hidden(params)
    scores = h.dot(params["W2"]) + params["b2"]
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores)  # fault: sum over all samples | right: probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    dscores = probs
    dscores[np.arange(N), y] -= 1
    dscores /= N

    grads = {}
    grads["W2"] = h.T.dot(dscores)
    grads["b2"] = dscores.sum(axis=0)
    dh = dscores.dot(params["W2"].T)
    dh *= h * (1 - h)
    grads["W1"] = X.T.dot(dh)
    grads["b1"] = dh.sum(axis=0)
    return grads


params = {
    "W1": np.random.randn(D, H),
    "b1": np.random.randn(H) * 0.1,
    "W2": np.random.randn(H, C),
    "b2": np.random.randn(C) * 0.1,
}
