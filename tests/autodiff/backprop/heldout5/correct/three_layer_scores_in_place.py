"""The probabilities become dscores in the same array; masks are set to zero in place."""
import numpy as np

np.random.seed(231)
N, D, H1, H2, C = 7, 5, 6, 4, 3
X = np.random.randn(N, D)
y = np.random.randint(C, size=N)
reg = 0.1
params = {
    "W1": np.random.randn(D, H1) * 0.6, "b1": np.random.randn(H1) * 0.1,
    "W2": np.random.randn(H1, H2) * 0.6, "b2": np.random.randn(H2) * 0.1,
    "W3": np.random.randn(H2, C) * 0.6, "b3": np.random.randn(C) * 0.1,
}


def loss_and_grads(p, only_loss=False):
    hidden1 = X.dot(p["W1"]) + p["b1"]
    hidden1[hidden1 < 0] = 0
    hidden2 = hidden1.dot(p["W2"]) + p["b2"]
    np.maximum(hidden2, 0, out=hidden2)
    scores = hidden2.dot(p["W3"]) + p["b3"]

    scores -= scores.max(axis=1)[:, np.newaxis]
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1)[:, np.newaxis]
    value = -np.log(scores[np.arange(N), y]).mean()
    value += 0.5 * reg * sum((p[k] * p[k]).sum() for k in ("W1", "W2", "W3"))
    if only_loss:
        return value

    grads = {}
    dscores = scores
    dscores[np.arange(N), y] -= 1
    dscores /= N
    grads["W3"] = hidden2.T.dot(dscores)
    grads["b3"] = dscores.sum(axis=0)
    dhidden = dscores.dot(p["W3"].T)
    dhidden[hidden2 == 0] = 0
    grads["W2"] = hidden1.T.dot(dhidden)
    grads["b2"] = dhidden.sum(axis=0)
    dhidden = dhidden.dot(p["W2"].T)
    dhidden[hidden1 == 0] = 0
    grads["W1"] = X.T.dot(dhidden)
    grads["b1"] = dhidden.sum(axis=0)
    for k in ("W1", "W2", "W3"):
        grads[k] += reg * p[k]
    return value, grads


def loss(p):
    return loss_and_grads(p, only_loss=True)


def gradients(p):
    return loss_and_grads(p)[1]
