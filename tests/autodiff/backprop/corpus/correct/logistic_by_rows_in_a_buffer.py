"""Logistic regression: predictions written row by row into np.zeros, gradients summed per sample."""
import numpy as np

rng = np.random.default_rng(112)
X = rng.normal(size=(6, 3))
y = np.array([1.0, 0, 0, 1, 0, 1])
params = {"w": rng.normal(size=3), "b": rng.normal(size=())}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(params):
    cost = 0.0
    for i in range(X.shape[0]):
        f = sigmoid(np.dot(X[i], params["w"]) + params["b"])
        cost += -y[i] * np.log(f) - (1 - y[i]) * np.log(1 - f)
    return cost / X.shape[0]


def gradients(params):
    n, d = X.shape
    f = np.zeros(n)
    for i in range(n):
        f[i] = sigmoid(np.dot(X[i], params["w"]) + params["b"])
    dj_dw = np.zeros(d)
    dj_db = 0.0
    for i in range(n):
        err = f[i] - y[i]
        for j in range(d):
            dj_dw[j] += err * X[i, j]
        dj_db += err
    return {"w": dj_dw / n, "b": np.asarray(dj_db / n)}
