"""MLP with self.cache; features are standardised in the forward pass and the raw ones are kept [5b]."""
import numpy as np


class MLP:
    def __init__(self, params):
        self.params = params
        self.L = len(params) // 2
        self.cache = {}

    def forward(self, X):
        mu, sigma = X.mean(axis=0), X.std(axis=0)
        X_norm = (X - mu) / sigma
        self.cache["A0"] = X  # fault: the raw features are cached | right: self.cache["A0"] = X_norm
        A = X_norm
        for l in range(1, self.L + 1):
            Z = A @ self.params["W" + str(l)] + self.params["b" + str(l)]
            A = np.tanh(Z) if l < self.L else Z
            self.cache["Z" + str(l)] = Z
            self.cache["A" + str(l)] = A
        return A

    def loss(self, X, Y):
        return 0.5 * np.mean((self.forward(X) - Y) ** 2)

    def backward(self, X, Y):
        grads = {}
        dZ = (self.forward(X) - Y) / Y.size
        for l in range(self.L, 0, -1):
            grads["dW" + str(l)] = self.cache["A" + str(l - 1)].T @ dZ
            grads["db" + str(l)] = dZ.sum(axis=0)
            if l > 1:
                dZ = dZ @ self.params["W" + str(l)].T * (1 - self.cache["A" + str(l - 1)] ** 2)
        return grads


np.random.seed(9)
X = np.random.randn(8, 3) * [2.0, 5.0, 1.0] + [1.0, -3.0, 4.0]
Y = np.random.randn(8, 2)
dims = [3, 5, 4, 2]
params = {}
for l in range(1, len(dims)):
    params["W" + str(l)] = np.random.randn(dims[l - 1], dims[l]) * 0.5
    params["b" + str(l)] = np.random.randn(dims[l]) * 0.1


def loss(p):
    return MLP(p).loss(X, Y)


def gradients(p):
    return MLP(p).backward(X, Y)
