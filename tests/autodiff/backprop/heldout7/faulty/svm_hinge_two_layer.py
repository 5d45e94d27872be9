"""Two layers under the multiclass hinge; correct class gets -1 in place of minus the count [4c]."""
import numpy as np

np.random.seed(42)
num_train, num_classes = 6, 4
X = np.random.randn(num_train, 5)
y = np.random.randint(num_classes, size=num_train)
params = {"W1": np.random.randn(5, 7) * 0.5, "b1": np.random.randn(7) * 0.1,
          "W2": np.random.randn(7, num_classes) * 0.5, "b2": np.random.randn(num_classes) * 0.1}
reg = 0.05


def scores_of(p):
    h = np.arctan(X.dot(p["W1"]) + p["b1"])
    return h, h.dot(p["W2"]) + p["b2"]


def hinge(scores):
    margins = scores - scores[np.arange(num_train), y][:, np.newaxis] + 1.0
    margins[np.arange(num_train), y] = 0
    return np.maximum(0, margins)


def loss(p):
    _, scores = scores_of(p)
    return hinge(scores).sum() / num_train + 0.5 * reg * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))


def gradients(p):
    h, scores = scores_of(p)
    margins = hinge(scores)
    binary = np.zeros_like(margins)
    binary[margins > 0] = 1
    row_sum = binary.sum(axis=1)
    binary[np.arange(num_train), y] = -1  # fault: count of the violations left out | right: binary[np.arange(num_train), y] = -row_sum
    dscores = binary / num_train
    grads = {}
    grads["W2"] = h.T.dot(dscores) + reg * p["W2"]
    grads["b2"] = dscores.sum(axis=0)
    dh = dscores.dot(p["W2"].T)
    pre = X.dot(p["W1"]) + p["b1"]
    dpre = dh / (1 + pre ** 2)
    grads["W1"] = X.T.dot(dpre) + reg * p["W1"]
    grads["b1"] = dpre.sum(axis=0)
    return grads
