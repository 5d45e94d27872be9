"""Assignment report: output delta without sigmoid' under the squared loss, and the hidden bias summed over units [2c, 4a, 10c]."""
import numpy as np

np.random.seed(13)
X = np.random.randn(3, 4)
T = np.random.rand(2, 4)
# 4 hidden units, 4 samples
params = {
    "W1": np.random.randn(4, 3),
    "b1": np.random.randn(4, 1),
    "W2": np.random.randn(2, 4),
    "b2": np.random.randn(2, 1),
}


def sig(z):
    return 1 / (1 + np.exp(-z))


def forward(params):
    z1 = params["W1"].dot(X) + params["b1"]
    h = sig(z1)
    z2 = params["W2"].dot(h) + params["b2"]
    o = sig(z2)
    return h, o


def loss(params):
    h, o = forward(params)
    return 0.5 * np.sum((T - o) ** 2)


def gradients(params):
    h, o = forward(params)
    delta_o = o - T  # fault: sigmoid' left out | right: delta_o = (o - T) * o * (1 - o)
    delta_h = params["W2"].T.dot(delta_o) * h * (1 - h)
    dW2 = delta_o.dot(h.T)
    db2 = np.sum(delta_o, axis=1).reshape(-1, 1)
    dW1 = delta_h.dot(X.T)
    db1 = np.sum(delta_h, axis=0).reshape(-1, 1)  # fault: wrong axis | right: db1 = np.sum(delta_h, axis=1).reshape(-1, 1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
