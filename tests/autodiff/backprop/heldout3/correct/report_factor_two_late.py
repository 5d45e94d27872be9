"""Report of a mean squared error over all entries: the 2/(n*k) is applied at the very end to every gradient."""
import numpy as np

rng = np.random.RandomState(4)
x = rng.randn(7, 3)
t = rng.rand(7, 2)
params = {"W1": rng.randn(3, 5), "b1": rng.randn(5), "W2": rng.randn(5, 2), "b2": rng.randn(2)}


def logistic(v):
    return 1 / (1 + np.exp(-v))


def net(p):
    h = logistic(x.dot(p["W1"]) + p["b1"])
    o = logistic(h.dot(p["W2"]) + p["b2"])
    return h, o


def loss(params):
    return np.mean((net(params)[1] - t) ** 2)


def gradients(params):
    h, o = net(params)
    delta_out = (o - t) * o * (1 - o)
    delta_hid = delta_out.dot(params["W2"].T) * h * (1 - h)
    grads = {
        "dW2": h.T.dot(delta_out),
        "db2": delta_out.sum(0),
        "dW1": x.T.dot(delta_hid),
        "db1": delta_hid.sum(0),
    }
    for key in grads:
        grads[key] *= 2 / t.size
    return grads
