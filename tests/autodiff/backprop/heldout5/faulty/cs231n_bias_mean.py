"""dscores is divided by N, then the hidden bias takes a mean on top [2a]."""
import numpy as np

np.random.seed(0)
N, D, H, C = 5, 4, 10, 3
X = 10 * np.random.randn(N, D)
y = np.array([0, 1, 2, 2, 1])
reg = 0.05

params = {}
params["W1"] = 1e-1 * np.random.randn(D, H)
params["b1"] = 1e-1 * np.random.randn(H)
params["W2"] = 1e-1 * np.random.randn(H, C)
params["b2"] = 1e-1 * np.random.randn(C)


def compute(params):
    W1, b1 = params["W1"], params["b1"]
    W2, b2 = params["W2"], params["b2"]

    # forward pass
    h1 = np.maximum(0, X.dot(W1) + b1)
    scores = h1.dot(W2) + b2

    # softmax loss
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    exp_scores = np.exp(shifted)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    data_loss = np.sum(-np.log(probs[range(N), y])) / N
    reg_loss = reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    total = data_loss + reg_loss

    # backward pass
    grads = {}
    dscores = probs.copy()
    dscores[range(N), y] -= 1
    dscores /= N
    grads["W2"] = h1.T.dot(dscores) + 2 * reg * W2
    grads["b2"] = np.sum(dscores, axis=0)
    dh1 = dscores.dot(W2.T)
    dh1[h1 <= 0] = 0
    grads["W1"] = X.T.dot(dh1) + 2 * reg * W1
    grads["b1"] = np.mean(dh1, axis=0)  # fault: mean of a mean | right: grads["b1"] = np.sum(dh1, axis=0)
    return total, grads


def loss(params):
    return compute(params)[0]


def gradients(params):
    return compute(params)[1]
