"""Backward functions per activation; the sigmoid's was computed from the incoming gradient [3c]."""
import numpy as np

rng = np.random.RandomState(21)
x0 = rng.randn(7, 4)
t = rng.randn(7, 2)
weights = {
    "W1": rng.randn(4, 5) * 0.7, "b1": rng.randn(1, 5) * 0.2,
    "W2": rng.randn(5, 2) * 0.7, "b2": rng.randn(1, 2) * 0.2,
}
params = weights


def fc_forward(z, W, b):
    return np.dot(z, W) + b


def fc_backward(next_dz, W, z):
    dz = np.dot(next_dz, W.T)
    dw = np.dot(z.T, next_dz)
    db = np.sum(next_dz, axis=0, keepdims=True)
    return dw, db, dz


def sigmoid_forward(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_backward(next_dz, z):
    s = sigmoid_forward(next_dz)  # fault: sigmoid of the gradient | right: s = sigmoid_forward(z)
    return next_dz * s * (1 - s)


def mean_squared_loss(y_predict, y_true):
    diff = y_predict - y_true
    value = np.mean(np.sum(np.square(diff), axis=-1)) / 2
    return value, diff / y_predict.shape[0]


def net(p):
    nuerons = {"z1": fc_forward(x0, p["W1"], p["b1"])}
    nuerons["a1"] = sigmoid_forward(nuerons["z1"])
    nuerons["y"] = fc_forward(nuerons["a1"], p["W2"], p["b2"])
    return nuerons


def loss(p):
    return mean_squared_loss(net(p)["y"], t)[0]


def gradients(p):
    nuerons = net(p)
    _, dy = mean_squared_loss(nuerons["y"], t)
    grads = {}
    grads["W2"], grads["b2"], da1 = fc_backward(dy, p["W2"], nuerons["a1"])
    dz1 = sigmoid_backward(da1, nuerons["z1"])
    grads["W1"], grads["b1"], _ = fc_backward(dz1, p["W1"], x0)
    return grads
