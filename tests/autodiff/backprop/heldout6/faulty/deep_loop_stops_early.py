"""Deep net with lists; the loop over layers never comes to the first one, whose gradients stay zeros [10b]."""
import numpy as np

np.random.seed(31)
layers_size = [4, 5, 3, 2]
L = len(layers_size) - 1
X = np.random.randn(4, 6)     # columns are the examples
Y = np.random.randn(2, 6)
params = {}
for l in range(1, L + 1):
    params["W%d" % l] = np.random.randn(layers_size[l], layers_size[l - 1]) / np.sqrt(layers_size[l - 1])
    params["b%d" % l] = np.random.randn(layers_size[l], 1) * 0.2


class DeepNet:
    def __init__(self, params):
        self.params = params
        self.grads = {}
        self.A = [None] * (L + 1)

    def forward(self, X):
        self.A[0] = X
        for l in range(1, L + 1):
            Z = self.params["W%d" % l].dot(self.A[l - 1]) + self.params["b%d" % l]
            self.A[l] = Z if l == L else 1 / (1 + np.exp(-Z))
        return self.A[L]

    def zero_grad(self):
        for name, value in self.params.items():
            self.grads[name] = np.zeros_like(value)

    def backward(self, Y):
        m = Y.shape[1]
        self.zero_grad()
        dZ = (self.A[L] - Y) / m
        self.grads["W%d" % L] += dZ.dot(self.A[L - 1].T)
        self.grads["b%d" % L] += dZ.sum(axis=1, keepdims=True)
        for l in range(L - 1, 1, -1):  # fault: layer 1 never reached | right: for l in range(L - 1, 0, -1):
            dA = self.params["W%d" % (l + 1)].T.dot(dZ)
            dZ = dA * self.A[l] * (1 - self.A[l])
            self.grads["W%d" % l] += dZ.dot(self.A[l - 1].T)
            self.grads["b%d" % l] += dZ.sum(axis=1, keepdims=True)


def loss(params):
    return np.sum((DeepNet(params).forward(X) - Y) ** 2) / (2 * X.shape[1])


def gradients(params):
    net = DeepNet(params)
    net.forward(X)
    net.backward(Y)
    return net.grads
