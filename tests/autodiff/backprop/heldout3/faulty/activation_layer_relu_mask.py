"""Layer base class with a ReLU layer which zeroes where the incoming gradient is negative [8a]."""
import numpy as np


class Layer:
    def __init__(self):
        self.input = None

    def forward(self, input):
        raise NotImplementedError

    def backward(self, output_gradient):
        raise NotImplementedError


class Linear(Layer):
    def __init__(self, weights, bias):
        self.weights = weights
        self.bias = bias

    def forward(self, input):
        self.input = input
        return np.dot(input, self.weights) + self.bias

    def backward(self, output_gradient):
        self.weights_gradient = np.dot(self.input.T, output_gradient)
        self.bias_gradient = output_gradient.sum(axis=0, keepdims=True)
        return np.dot(output_gradient, self.weights.T)


class ReLU(Layer):
    def forward(self, input):
        self.input = input
        return np.maximum(0, input)

    def backward(self, output_gradient):
        dx = output_gradient.copy()
        dx[output_gradient <= 0] = 0  # fault: mask of the gradient | right: dx[self.input <= 0] = 0
        return dx


def create(p):
    return [Linear(p["W1"], p["b1"]), ReLU(), Linear(p["W2"], p["b2"]), ReLU(), Linear(p["W3"], p["b3"])]


np.random.seed(2)
x_train = np.random.randn(6, 3)
y_train = np.random.randn(6, 2)
params = {
    "W1": np.random.randn(3, 5), "b1": np.random.randn(1, 5),
    "W2": np.random.randn(5, 4), "b2": np.random.randn(1, 4),
    "W3": np.random.randn(4, 2), "b3": np.random.randn(1, 2),
}


def predict(network, x):
    output = x
    for layer in network:
        output = layer.forward(output)
    return output


def loss(p):
    return np.mean(np.power(y_train - predict(create(p), x_train), 2))


def gradients(p):
    network = create(p)
    output = predict(network, x_train)
    grad = 2 * (output - y_train) / np.size(y_train)
    for layer in reversed(network):
        grad = layer.backward(grad)
    result = {}
    for n, layer in enumerate(network[::2]):
        result["W%d" % (n + 1)] = layer.weights_gradient
        result["b%d" % (n + 1)] = layer.bias_gradient
    return result
