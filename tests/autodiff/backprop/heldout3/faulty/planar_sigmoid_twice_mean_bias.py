"""Planar data with rows as samples: sigmoid' multiplied onto the cross-entropy shortcut, hidden bias averaged [7b, 2a, 10c]."""
import numpy as np

np.random.seed(30)
X = np.random.randn(10, 2)
Y = (np.random.rand(10, 1) > 0.5).astype(float)
params = {
    "W1": np.random.randn(2, 5),
    "b1": np.random.randn(1, 5) * 0.2,
    "W2": np.random.randn(5, 1),
    "b2": np.random.randn(1, 1) * 0.2,
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def d_sigmoid(a):
    return a * (1 - a)


def predict(p):
    H = np.tanh(X @ p["W1"] + p["b1"])
    return H, sigmoid(H @ p["W2"] + p["b2"])


def loss(params):
    _, P = predict(params)
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


def gradients(params):
    H, P = predict(params)
    N = X.shape[0]
    # dL/dP * dP/dz simplifies to (P - Y) for the binary cross entropy
    d_out = (P - Y) * d_sigmoid(P) / N  # fault: sigmoid' on top | right: d_out = (P - Y) / N
    d_W2 = H.T @ d_out
    d_b2 = d_out.sum(axis=0, keepdims=True)
    d_hidden = (d_out @ params["W2"].T) * (1 - H ** 2)
    d_W1 = X.T @ d_hidden
    d_b1 = d_hidden.mean(axis=0, keepdims=True)  # fault: mean | right: d_b1 = d_hidden.sum(axis=0, keepdims=True)
    return {"dW1": d_W1, "db1": d_b1, "dW2": d_W2, "db2": d_b2}
