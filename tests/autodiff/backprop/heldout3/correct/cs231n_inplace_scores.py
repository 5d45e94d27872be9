"""The scores array becomes probabilities, then the gradient, then the masked gradient, all in place."""
import numpy as np

rng = np.random.RandomState(6)
N, D, H, C = 8, 4, 6, 3
X = rng.randn(N, D)
y = rng.randint(0, C, N)
reg = 0.1
params = {
    "W1": rng.randn(D, H), "b1": rng.randn(H),
    "W2": rng.randn(H, C), "b2": rng.randn(C),
}


def loss(params):
    hidden = np.maximum(0, X.dot(params["W1"]) + params["b1"])
    scores = hidden.dot(params["W2"]) + params["b2"]
    scores -= scores.max(axis=1, keepdims=True)
    loss = np.sum(np.log(np.sum(np.exp(scores), axis=1)) - scores[range(N), y]) / N
    return loss + reg * np.sum(params["W1"] ** 2) + reg * np.sum(params["W2"] ** 2)


def gradients(params):
    hidden = X.dot(params["W1"]) + params["b1"]
    np.maximum(hidden, 0, out=hidden)
    scores = hidden.dot(params["W2"]) + params["b2"]
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    dscores = scores
    dscores[range(N), y] -= 1
    dscores /= N
    grads = {}
    grads["W2"] = hidden.T.dot(dscores)
    grads["W2"] += 2 * reg * params["W2"]
    grads["b2"] = dscores.sum(axis=0)
    dhidden = dscores.dot(params["W2"].T)
    dhidden[hidden == 0] = 0
    grads["W1"] = X.T.dot(dhidden)
    grads["W1"] += 2 * reg * params["W1"]
    grads["b1"] = dhidden.sum(axis=0)
    return grads
