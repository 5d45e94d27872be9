"""Columns, helper sigmoid_backward(dA, cache): the cache holds A and is taken for Z [3b]."""
import numpy as np

rng = np.random.RandomState(84)
X, Y = rng.randn(4, 6), rng.randn(2, 6)
params = {"W1": rng.randn(5, 4), "b1": rng.randn(5, 1), "W2": rng.randn(3, 5), "b2": rng.randn(3, 1), "W3": rng.randn(2, 3), "b3": rng.randn(2, 1)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def linear_forward(A, W, b):
    return W @ A + b, (A, W)


def sigmoid_forward(A_prev, W, b):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = sigmoid(Z)
    return A, (linear_cache, A)  # fault: A cached where backward expects Z | right: return A, (linear_cache, Z)


def linear_backward(dZ, cache):
    A_prev, W = cache
    return W.T @ dZ, dZ @ A_prev.T, np.sum(dZ, axis=1, keepdims=True)


def sigmoid_backward(dA, cache):
    linear_cache, Z = cache
    dZ = dA * sigmoid(Z) * (1 - sigmoid(Z))
    return linear_backward(dZ, linear_cache)


def forward(p):
    A1, c1 = sigmoid_forward(X, p["W1"], p["b1"])
    A2, c2 = sigmoid_forward(A1, p["W2"], p["b2"])
    Z3, c3 = linear_forward(A2, p["W3"], p["b3"])
    return Z3, (c1, c2, c3)


def loss(p):
    return 0.5 * np.sum((forward(p)[0] - Y) ** 2)


def gradients(p):
    Z3, (c1, c2, c3) = forward(p)
    dA2, dW3, db3 = linear_backward(Z3 - Y, c3)
    dA1, dW2, db2 = sigmoid_backward(dA2, c2)
    _, dW1, db1 = sigmoid_backward(dA1, c1)
    return dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2, dW3=dW3, db3=db3)
