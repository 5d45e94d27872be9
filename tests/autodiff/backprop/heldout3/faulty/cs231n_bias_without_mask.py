"""Two-layer net of the first assignment: the mask goes into the weight gradient but not into the bias [4b]."""
import numpy as np

rng = np.random.RandomState(0)
N, D, H, C = 6, 4, 8, 3
X = 2 * rng.randn(N, D)
y = np.array([0, 1, 2, 2, 1, 0])
reg = 0.05

params = {}
params['W1'] = 0.5 * rng.randn(D, H)
params['b1'] = 0.3 * rng.randn(H)
params['W2'] = 0.5 * rng.randn(H, C)
params['b2'] = 0.3 * rng.randn(C)


def loss(params):
    W1, b1 = params['W1'], params['b1']
    W2, b2 = params['W2'], params['b2']
    h1 = np.maximum(0, X.dot(W1) + b1)
    scores = h1.dot(W2) + b2
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    data_loss = np.mean(-np.log(probs[np.arange(N), y]))
    return data_loss + reg * (np.sum(W1 * W1) + np.sum(W2 * W2))


def gradients(params):
    W1, b1 = params['W1'], params['b1']
    W2, b2 = params['W2'], params['b2']
    h1 = np.maximum(0, X.dot(W1) + b1)
    scores = h1.dot(W2) + b2
    scores -= np.max(scores, axis=1, keepdims=True)
    probs = np.exp(scores)
    probs /= np.sum(probs, axis=1, keepdims=True)

    grads = {}
    dscores = probs.copy()
    dscores[np.arange(N), y] -= 1
    dscores /= N
    grads['W2'] = h1.T.dot(dscores) + 2 * reg * W2
    grads['b2'] = np.sum(dscores, axis=0)

    dh1 = dscores.dot(W2.T)
    grads['W1'] = X.T.dot(dh1 * (h1 > 0)) + 2 * reg * W1
    grads['b1'] = np.sum(dh1, axis=0)  # fault: mask left out of the bias | right: grads['b1'] = np.sum(dh1 * (h1 > 0), axis=0)
    return grads
