"""Lists of weights, rows, softmax: tanh' as 1 - a in the loop, and p - y not divided [3d, 1b, 10c]."""
import numpy as np

rng = np.random.default_rng(71)
layers = [3, 5, 4, 3]
X = rng.normal(size=(6, 3))
Y = np.eye(3)[[0, 1, 2, 0, 1, 2]]
params = {}
for i in range(3):
    params["W%d" % i] = rng.normal(size=(layers[i], layers[i + 1])) * 0.7
    params["b%d" % i] = rng.normal(size=(1, layers[i + 1])) * 0.1


def unpack(params):
    return [params["W%d" % i] for i in range(3)], [params["b%d" % i] for i in range(3)]


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def forward(W, b):
    a = [X]
    for i in range(3):
        z = a[-1] @ W[i] + b[i]
        a.append(softmax(z) if i == 2 else np.tanh(z))
    return a


def loss(params):
    W, b = unpack(params)
    return -np.mean(np.sum(Y * np.log(forward(W, b)[-1]), axis=1))


def gradients(params):
    W, b = unpack(params)
    a = forward(W, b)
    delta = a[-1] - Y  # fault: 1/N missing | right: delta = (a[-1] - Y) / X.shape[0]
    grads = {}
    for i in (2, 1, 0):
        grads["W%d" % i] = a[i].T @ delta
        grads["b%d" % i] = delta.sum(axis=0, keepdims=True)
        if i > 0:
            delta = delta @ W[i].T
            delta = delta * (1 - a[i])  # fault: tanh' as 1 - a | right: delta = delta * (1 - a[i] ** 2)
    return grads
