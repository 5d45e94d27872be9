"""Column samples, but m taken from the rows, and the ReLU mask asks activations for >= 0 [1d, 8c, 10c]."""
import numpy as np


def relu(Z):
    return np.maximum(0, Z)


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


class Report:
    """Network of the report: X is (n_x, m)."""

    def __init__(self, parameters):
        self.parameters = parameters

    def forward(self, X):
        P = self.parameters
        self.A0 = X
        self.A1 = relu(np.dot(P["W1"], X) + P["b1"])
        self.A2 = sigmoid(np.dot(P["W2"], self.A1) + P["b2"])
        return self.A2

    def cost(self, Y):
        m = Y.shape[1]
        return -(1 / m) * np.sum(Y * np.log(self.A2) + (1 - Y) * np.log(1 - self.A2))

    def backward(self, Y):
        P = self.parameters
        m = self.A0.shape[0]  # fault: features counted, samples are columns | right: m = self.A0.shape[1]
        dZ2 = self.A2 - Y
        dW2 = (1 / m) * np.dot(dZ2, self.A1.T)
        db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
        dA1 = np.dot(P["W2"].T, dZ2)
        dZ1 = dA1 * (self.A1 >= 0)  # fault: an activation is never negative, so the mask is all true | right: dZ1 = dA1 * (self.A1 > 0)
        dW1 = (1 / m) * np.dot(dZ1, self.A0.T)
        db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


np.random.seed(2)
X = np.random.randn(3, 10)
Y = (np.random.rand(1, 10) > 0.5) * 1.0
params = {"W1": np.random.randn(6, 3), "b1": np.random.randn(6, 1) * 0.1, "W2": np.random.randn(1, 6) * 0.7, "b2": np.random.randn(1, 1) * 0.1}


def loss(parameters):
    net = Report(parameters)
    net.forward(X)
    return net.cost(Y)


def gradients(parameters):
    net = Report(parameters)
    net.forward(X)
    return net.backward(Y)
