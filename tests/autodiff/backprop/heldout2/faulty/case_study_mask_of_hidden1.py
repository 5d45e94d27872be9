"""The spiral case study grown by a layer, rows: dhidden2[hidden1 <= 0] = 0 [8b]."""
import numpy as np

np.random.seed(17)
N, D, K, h = 4, 2, 3, 5
X = np.zeros((N * K, D))
y = np.zeros(N * K, dtype="uint8")
for j in range(K):
    ix = range(N * j, N * (j + 1))
    r = np.linspace(0.1, 1, N)
    theta = np.linspace(j * 4, (j + 1) * 4, N) + np.random.randn(N) * 0.2
    X[ix] = np.c_[r * np.sin(theta), r * np.cos(theta)]
    y[ix] = j
params = {
    "W": np.random.randn(D, h),
    "b": 0.1 * np.random.randn(1, h),
    "W2": np.random.randn(h, h),
    "b2": 0.1 * np.random.randn(1, h),
    "W3": np.random.randn(h, K),
    "b3": 0.1 * np.random.randn(1, K),
}
reg = 1e-3


def scores_of(p):
    hidden1 = np.maximum(0, np.dot(X, p["W"]) + p["b"])
    hidden2 = np.maximum(0, np.dot(hidden1, p["W2"]) + p["b2"])
    return hidden1, hidden2, np.dot(hidden2, p["W3"]) + p["b3"]


def probabilities(scores):
    exp_scores = np.exp(scores)
    return exp_scores / np.sum(exp_scores, axis=1, keepdims=True)


def loss(p):
    probs = probabilities(scores_of(p)[2])
    data_loss = np.sum(-np.log(probs[range(len(y)), y])) / len(y)
    reg_loss = sum(0.5 * reg * np.sum(p[k] * p[k]) for k in ("W", "W2", "W3"))
    return data_loss + reg_loss


def gradients(p):
    hidden1, hidden2, scores = scores_of(p)
    dscores = probabilities(scores)
    dscores[range(len(y)), y] -= 1
    dscores /= len(y)
    dW3 = np.dot(hidden2.T, dscores)
    db3 = np.sum(dscores, axis=0, keepdims=True)
    dhidden2 = np.dot(dscores, p["W3"].T)
    dhidden2[hidden1 <= 0] = 0  # fault: mask of the layer below | right: dhidden2[hidden2 <= 0] = 0
    dW2 = np.dot(hidden1.T, dhidden2)
    db2 = np.sum(dhidden2, axis=0, keepdims=True)
    dhidden1 = np.dot(dhidden2, p["W2"].T)
    dhidden1[hidden1 <= 0] = 0
    dW = np.dot(X.T, dhidden1)
    db = np.sum(dhidden1, axis=0, keepdims=True)
    dW3 += reg * p["W3"]
    dW2 += reg * p["W2"]
    dW += reg * p["W"]
    return {"dW": dW, "db": db, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
