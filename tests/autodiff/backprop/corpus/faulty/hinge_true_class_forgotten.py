"""cs231n's SVM loss, loops: the true class gets no gradient [4c]."""
import numpy as np

rng = np.random.RandomState(54)
X = rng.randn(6, 4)
y = rng.randint(0, 3, 6)
params = {"W": rng.randn(4, 3)}
reg = 1e-1


def loss(params):
    W = params["W"]
    total = 0.0
    for i in range(len(X)):
        scores = X[i].dot(W)
        for j in range(3):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                total += margin
    return total / len(X) + reg * np.sum(W * W)


def gradients(params):
    W = params["W"]
    dW = np.zeros(W.shape)
    for i in range(len(X)):
        scores = X[i].dot(W)
        for j in range(3):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                dW[:, j] += X[i]  # fault: the true class's share missing | right: dW[:, j] += X[i]; dW[:, y[i]] -= X[i]
    dW /= len(X)
    dW += 2 * reg * W
    return {"W": dW}
