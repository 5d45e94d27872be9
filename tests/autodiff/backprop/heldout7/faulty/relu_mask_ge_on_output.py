"""Keeps only activations, relu's mask by >= 0 on them, which is always true [8c]."""
import numpy as np

np.random.seed(70)
dims = [3, 6, 5, 1]
X = np.random.randn(10, 3)
y = np.sum(X ** 2, axis=1, keepdims=True)
params = {}
for i in range(3):
    params["W" + str(i + 1)] = np.random.randn(dims[i], dims[i + 1]) * np.sqrt(2 / dims[i])
    params["b" + str(i + 1)] = np.random.randn(1, dims[i + 1]) * 0.1


def forward(params):
    acts = {0: X}
    for i in (1, 2, 3):
        acts[i] = acts[i - 1].dot(params["W" + str(i)]) + params["b" + str(i)]
        if i < 3:
            np.maximum(acts[i], 0, out=acts[i])
    return acts


def loss(params):
    return np.sqrt(np.mean((forward(params)[3] - y) ** 2))   # RMSE


def gradients(params):
    acts = forward(params)
    grads = {}
    rmse = np.sqrt(np.mean((acts[3] - y) ** 2))
    delta = (acts[3] - y) / (len(X) * rmse)
    for i in (3, 2, 1):
        grads["dW" + str(i)] = acts[i - 1].T.dot(delta)
        grads["db" + str(i)] = delta.sum(axis=0, keepdims=True)
        if i > 1:
            delta = delta.dot(params["W" + str(i)].T)
            delta = np.where(acts[i - 1] >= 0, delta, 0)  # fault: equality at 0 | right: delta = np.where(acts[i - 1] > 0, delta, 0)
    return grads
