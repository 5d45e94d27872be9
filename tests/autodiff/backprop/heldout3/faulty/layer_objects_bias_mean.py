"""Layer objects with update rule for an unaveraged loss, biases by the mean of the deltas [2a]."""
import numpy as np


class Layer:
    def __init__(self, weights, bias):
        self.weights = weights
        self.bias = bias
        self.inputs = None
        self.activation = None

    def activate(self, inputs):
        self.inputs = inputs
        self.activation = 1 / (1 + np.exp(-(np.dot(inputs, self.weights) + self.bias)))
        return self.activation

    def derivative(self):
        return self.activation * (1 - self.activation)

    def collect(self, delta):
        self.grad_weights = np.dot(self.inputs.T, delta)
        self.grad_bias = np.mean(delta, axis=0)  # fault: mean in place of sum | right: self.grad_bias = np.sum(delta, axis=0)


class Network:
    def __init__(self, layers):
        self.layers = layers

    def feed_forward(self, X):
        for layer in self.layers:
            X = layer.activate(X)
        return X

    def backpropagation(self, X, y):
        output = self.feed_forward(X)
        for i in reversed(range(len(self.layers))):
            layer = self.layers[i]
            if layer == self.layers[-1]:
                layer.error = output - y
            else:
                next_layer = self.layers[i + 1]
                layer.error = np.dot(next_layer.delta, next_layer.weights.T)
            layer.delta = layer.error * layer.derivative()
            layer.collect(layer.delta)


rng = np.random.RandomState(8)
X = rng.uniform(-1, 1, (5, 2))
y = (X[:, :1] * X[:, 1:] > 0).astype(float)
params = {
    "w1": rng.randn(2, 3), "b1": rng.randn(3),
    "w2": rng.randn(3, 3), "b2": rng.randn(3),
    "w3": rng.randn(3, 1), "b3": rng.randn(1),
}


def make(p):
    return Network([Layer(p["w1"], p["b1"]), Layer(p["w2"], p["b2"]), Layer(p["w3"], p["b3"])])


def loss(p):
    return 0.5 * np.sum((y - make(p).feed_forward(X)) ** 2)


def gradients(p):
    net = make(p)
    net.backpropagation(X, y)
    out = {}
    for i, layer in enumerate(net.layers, 1):
        out["w%d" % i] = layer.grad_weights
        out["b%d" % i] = layer.grad_bias
    return out
