"""Coursera helper functions, relu_backward thresholds dZ itself instead of the cached Z [8a]."""
import numpy as np

np.random.seed(16)
X = np.random.randn(4, 7)
Y = np.random.randint(0, 2, (1, 7))
params = {
    "W1": np.random.randn(3, 4),
    "b1": np.random.randn(3, 1) * 0.3,
    "W2": np.random.randn(1, 3),
    "b2": np.random.randn(1, 1) * 0.3,
}


def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    return Z, (A, W, b)


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    return np.maximum(0, Z), Z


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


def relu_backward(dA, cache):
    Z = cache
    dZ = np.array(dA, copy=True)
    dZ[dZ <= 0] = 0  # fault: mask from the gradient | right: dZ[Z <= 0] = 0
    return dZ


def sigmoid_backward(dA, cache):
    Z = cache
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (1 - s)


def two_layer_forward(params):
    Z1, lin1 = linear_forward(X, params["W1"], params["b1"])
    A1, act1 = relu(Z1)
    Z2, lin2 = linear_forward(A1, params["W2"], params["b2"])
    A2, act2 = sigmoid(Z2)
    return A2, (lin1, act1), (lin2, act2)


def loss(params):
    AL, _, _ = two_layer_forward(params)
    m = Y.shape[1]
    return -np.sum(np.multiply(Y, np.log(AL)) + np.multiply(1 - Y, np.log(1 - AL))) / m


def gradients(params):
    A2, cache1, cache2 = two_layer_forward(params)
    dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
    dA1, dW2, db2 = linear_backward(sigmoid_backward(dA2, cache2[1]), cache2[0])
    dA0, dW1, db1 = linear_backward(relu_backward(dA1, cache1[1]), cache1[0])
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
