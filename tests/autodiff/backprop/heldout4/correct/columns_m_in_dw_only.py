"""Column network as a class: dZ never divided, 1/m at the weights and a mean at the biases."""
import numpy as np


class ColumnNet:
    def __init__(self, parameters):
        self.parameters = parameters
        self.cache = None

    def forward(self, X):
        p = self.parameters
        Z1 = p["W1"] @ X + p["b1"]
        A1 = np.where(Z1 > 0, Z1, 0.01 * Z1)
        Z2 = p["W2"] @ A1 + p["b2"]
        A2 = 1 / (1 + np.exp(-Z2))
        self.cache = (X, Z1, A1, A2)
        return A2

    def backward(self, Y):
        X, z1, a1, a2 = self.cache
        m = Y.shape[1]
        dz2 = a2 - Y
        dw2 = 1 / m * dz2 @ a1.T
        db2 = np.mean(dz2, axis=1, keepdims=True)
        dz1 = self.parameters["W2"].T @ dz2
        dz1[z1 <= 0] *= 0.01
        dw1 = 1 / m * dz1 @ X.T
        db1 = np.mean(dz1, axis=1, keepdims=True)
        return {"W1": dw1, "b1": db1, "W2": dw2, "b2": db2}


np.random.seed(24)
X = np.random.randn(3, 8)
Y = np.random.randint(0, 2, (1, 8))


def loss(params):
    a = ColumnNet(params).forward(X)
    return np.mean(-Y * np.log(a) - (1 - Y) * np.log(1 - a))


def gradients(params):
    net = ColumnNet(params)
    net.forward(X)
    return net.backward(Y)


params = {
    "W1": np.random.randn(5, 3), "b1": np.random.randn(5, 1),
    "W2": np.random.randn(1, 5), "b2": np.random.randn(1, 1),
}
