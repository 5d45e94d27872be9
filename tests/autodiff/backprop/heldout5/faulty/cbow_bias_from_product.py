"""Word vectors homework: the first bias was summed out of l1 @ h.T [2d]."""
import numpy as np

np.random.seed(10)
N, V, batch = 3, 5, 4
x = np.random.dirichlet(np.ones(V), size=batch).T     # averaged context, V x batch
y = np.eye(V)[:, [1, 4, 0, 3]]
params = {
    "W1": np.random.rand(N, V), "W2": np.random.rand(V, N),
    "b1": np.random.rand(N, 1), "b2": np.random.rand(V, 1),
}


def softmax(z):
    e_z = np.exp(z)
    return e_z / np.sum(e_z, axis=0)


def forward_prop(x, W1, W2, b1, b2):
    h = np.dot(W1, x) + b1
    h = np.maximum(0, h)
    z = np.dot(W2, h) + b2
    return z, h


def compute_cost(y, yhat, batch_size):
    logprobs = np.multiply(np.log(yhat), y)
    return np.squeeze(-1 / batch_size * np.sum(logprobs))


def back_prop(x, yhat, y, h, W1, W2, b1, b2, batch_size):
    l1 = np.dot(W2.T, (yhat - y))
    l1[h <= 0] = 0
    grad_W1 = (1 / batch_size) * np.dot(l1, x.T)
    grad_W2 = (1 / batch_size) * np.dot(yhat - y, h.T)
    # columns summed
    grad_b1 = np.sum((1 / batch_size) * np.dot(l1, h.T), axis=1, keepdims=True)  # fault: bias out of a product | right: grad_b1 = np.sum((1 / batch_size) * l1, axis=1, keepdims=True)
    grad_b2 = np.sum((1 / batch_size) * (yhat - y), axis=1, keepdims=True)
    return grad_W1, grad_W2, grad_b1, grad_b2


def loss(p):
    z, h = forward_prop(x, p["W1"], p["W2"], p["b1"], p["b2"])
    return compute_cost(y, softmax(z), batch)


def gradients(p):
    z, h = forward_prop(x, p["W1"], p["W2"], p["b1"], p["b2"])
    g = back_prop(x, softmax(z), y, h, p["W1"], p["W2"], p["b1"], p["b2"], batch)
    return dict(zip(["W1", "W2", "b1", "b2"], g))
