"""Cat classifier as a class, samples in columns; the first layer's weights were never averaged [1b]."""
import numpy as np

np.random.seed(1)
X = np.random.randn(4, 9)
Y = (np.random.rand(1, 9) > 0.5).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class NeuralNetwork:
    def __init__(self, params):
        self.params = params
        self.cache = {}
        self.grads = {}

    def forward_propagation(self, X):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        Z1 = np.dot(W1, X) + b1
        A1 = np.tanh(Z1)
        Z2 = np.dot(W2, A1) + b2
        A2 = sigmoid(Z2)
        self.cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2

    def compute_cost(self, A2, Y):
        m = Y.shape[1]
        logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
        return -np.sum(logprobs) / m

    def backward_propagation(self, X, Y):
        m = X.shape[1]
        A1 = self.cache["A1"]
        A2 = self.cache["A2"]
        W2 = self.params["W2"]

        dZ2 = A2 - Y
        dW2 = np.dot(dZ2, A1.T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
        dW1 = np.dot(dZ1, X.T)  # fault: 1/m missing | right: dW1 = np.dot(dZ1, X.T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        self.grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.grads


def loss(params):
    net = NeuralNetwork(params)
    return net.compute_cost(net.forward_propagation(X), Y)


def gradients(params):
    net = NeuralNetwork(params)
    net.forward_propagation(X)
    return net.backward_propagation(X, Y)


params = {
    "W1": np.random.randn(5, 4) * 0.6,
    "b1": np.random.randn(5, 1) * 0.1,
    "W2": np.random.randn(1, 5) * 0.6,
    "b2": np.random.randn(1, 1) * 0.1,
}
