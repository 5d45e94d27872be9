"""Deep loop with one activation per layer: a wrong derivative, and A of the wrong side [3e, 5d, 10c]."""
import numpy as np

np.random.seed(37)
L = 3
width = 4
X = np.random.randn(width, 6)
Y = np.random.rand(width, 6)
activation_of = {1: "tanh", 2: "sigmoid", 3: "linear"}
params = {}
for l in range(1, L + 1):
    params["W" + str(l)] = np.random.randn(width, width) * 0.8
    params["b" + str(l)] = np.random.randn(width, 1) * 0.3


def act(name, Z):
    if name == "tanh":
        return np.tanh(Z)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-Z))
    return Z


def act_backward(name, dA, A):
    if name == "tanh":
        return dA * A * (1 - A)  # fault: the sigmoid's derivative | right: return dA * (1 - A ** 2)
    if name == "sigmoid":
        return dA * A * (1 - A)
    return dA


def forward(params):
    A = {0: X}
    for l in range(1, L + 1):
        Z = params["W" + str(l)] @ A[l - 1] + params["b" + str(l)]
        A[l] = act(activation_of[l], Z)
    return A


def loss(params):
    A = forward(params)
    return np.sum((A[L] - Y) ** 2) / (2 * Y.shape[1])


def gradients(params):
    m = Y.shape[1]
    A = forward(params)
    grads = {}
    dA = A[L] - Y
    for l in range(L, 0, -1):
        dZ = act_backward(activation_of[l], dA, A[l])
        grads["dW" + str(l)] = dZ @ A[l].T / m  # fault: output of the layer | right: grads["dW" + str(l)] = dZ @ A[l - 1].T / m
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True) / m
        dA = params["W" + str(l)].T @ dZ
    return grads
