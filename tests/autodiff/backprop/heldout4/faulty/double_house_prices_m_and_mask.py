"""House prices, columns are houses: m is read from the rows, and relu's mask asks output >= 0 [1d, 8c, 10c]."""
import numpy as np


class Regressor:
    def __init__(self, layer_params):
        self.L = len(layer_params) // 2
        self.params = layer_params
        self.A = {}
        self.grads = {}

    def forward(self, X):
        self.A[0] = X
        for l in range(1, self.L + 1):
            Z = self.params["W" + str(l)] @ self.A[l - 1] + self.params["b" + str(l)]
            self.A[l] = np.maximum(0, Z) if l < self.L else Z
        return self.A[self.L]

    def cost(self, X, Y):
        return np.sum((self.forward(X) - Y) ** 2) / (2 * Y.shape[1])

    def backward(self, X, Y):
        self.forward(X)
        m = X.shape[0]  # fault: number of features | right: m = X.shape[1]
        dZ = self.A[self.L] - Y
        for l in range(self.L, 0, -1):
            self.grads["dW" + str(l)] = dZ @ self.A[l - 1].T / m
            self.grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dA = self.params["W" + str(l)].T @ dZ
                dZ = dA * (self.A[l - 1] >= 0)  # fault: always true | right: dZ = dA * (self.A[l - 1] > 0)
        return self.grads


rand = np.random.RandomState(6)
houses = rand.randn(4, 11)
prices = rand.randn(1, 11)


def loss(params):
    return Regressor(params).cost(houses, prices)


def gradients(params):
    return Regressor(params).backward(houses, prices)


params = {}
dims = [4, 6, 4, 1]
for l in range(1, 4):
    params["W" + str(l)] = rand.randn(dims[l], dims[l - 1]) * np.sqrt(2 / dims[l - 1])
    params["b" + str(l)] = rand.randn(dims[l], 1) * 0.1
