"""Column samples, fused dZ3 = A3 - Y left undivided, 1/m only in dW and db; capitals forward, lower case backward."""
import numpy as np


class ThreeLayer:
    def __init__(self, parameters):
        self.parameters = parameters

    def forward(self, X):
        P = self.parameters
        Z1 = P["W1"] @ X + P["b1"]
        A1 = np.tanh(Z1)
        Z2 = P["W2"] @ A1 + P["b2"]
        A2 = np.maximum(Z2, 0)
        Z3 = P["W3"] @ A2 + P["b3"]
        A3 = 1 / (1 + np.exp(-Z3))
        self.cache = (X, Z1, A1, Z2, A2, Z3, A3)
        return A3

    def backward(self, Y):
        x, z1, a1, z2, a2, z3, a3 = self.cache
        m = Y.shape[1]
        dz3 = a3 - Y
        grads = {}
        grads["dW3"] = 1. / m * dz3 @ a2.T
        grads["db3"] = 1. / m * np.sum(dz3, axis=1, keepdims=True)
        dz2 = np.multiply(self.parameters["W3"].T @ dz3, np.int64(a2 > 0))
        grads["dW2"] = 1. / m * dz2 @ a1.T
        grads["db2"] = 1. / m * np.sum(dz2, axis=1, keepdims=True)
        dz1 = (self.parameters["W2"].T @ dz2) * (1 - a1 * a1)
        grads["dW1"] = 1. / m * dz1 @ x.T
        grads["db1"] = 1. / m * np.sum(dz1, axis=1, keepdims=True)
        return grads


np.random.seed(15)
X = np.random.randn(3, 8)
Y = np.random.randint(0, 2, (2, 8)).astype(float)
params = {}
for l, (n_in, n_out) in enumerate([(3, 5), (5, 4), (4, 2)], start=1):
    params[f"W{l}"] = np.random.randn(n_out, n_in) * 0.7
    params[f"b{l}"] = np.random.randn(n_out, 1) * 0.2


def loss(parameters):
    A3 = ThreeLayer(parameters).forward(X)
    return np.sum(-Y * np.log(A3) - (1 - Y) * np.log(1 - A3)) / Y.shape[1]


def gradients(parameters):
    net = ThreeLayer(parameters)
    net.forward(X)
    return net.backward(Y)
