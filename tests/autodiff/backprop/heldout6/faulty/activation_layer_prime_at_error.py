"""Dense and Activation as separate layers; Activation.backward puts the incoming gradient into its derivative [3c]."""
import numpy as np


class Layer:
    def __init__(self):
        self.input = None
        self.output = None


class Dense(Layer):
    def __init__(self, weights, bias):
        super().__init__()
        self.weights = weights
        self.bias = bias

    def forward(self, input):
        self.input = input
        return np.dot(self.weights, self.input) + self.bias

    def backward(self, output_gradient):
        self.weights_gradient = np.dot(output_gradient, self.input.T)
        self.bias_gradient = output_gradient
        return np.dot(self.weights.T, output_gradient)


class Activation(Layer):
    def __init__(self, activation, activation_prime):
        super().__init__()
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input):
        self.input = input
        return self.activation(self.input)

    def backward(self, output_gradient):
        return np.multiply(output_gradient, self.activation_prime(output_gradient))  # fault: derivative at the gradient | right: return np.multiply(output_gradient, self.activation_prime(self.input))


class Tanh(Activation):
    def __init__(self):
        super().__init__(np.tanh, lambda x: 1 - np.tanh(x) ** 2)


X = np.reshape([[0, 0], [0, 1], [1, 0], [1, 1]], (4, 2, 1)).astype(float)
Y = np.reshape([[0], [1], [1], [0]], (4, 1, 1)).astype(float)
np.random.seed(21)
params = {"W1": np.random.randn(3, 2), "b1": np.random.randn(3, 1), "W2": np.random.randn(1, 3), "b2": np.random.randn(1, 1)}


def network_of(p):
    return [Dense(p["W1"], p["b1"]), Tanh(), Dense(p["W2"], p["b2"]), Tanh()]


def predict(network, x):
    for layer in network:
        x = layer.forward(x)
    return x


def loss(p):
    error = 0
    for x, y in zip(X, Y):
        error += np.mean(np.power(y - predict(network_of(p), x), 2))
    return error / len(X)


def gradients(p):
    network = network_of(p)
    grads = {k: np.zeros_like(v) for k, v in p.items()}
    for x, y in zip(X, Y):
        output = predict(network, x)
        grad = 2 * (output - y) / np.size(y) / len(X)
        for layer in reversed(network):
            grad = layer.backward(grad)
        for i, layer in ((1, network[0]), (2, network[2])):
            grads["W%d" % i] += layer.weights_gradient
            grads["b%d" % i] += layer.bias_gradient
    return grads
