"""FC layer class where the bias error is taken from the weights' error [2d]."""
import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


class FCLayer:
    def __init__(self, weights, bias, last=False):
        self.weights = weights
        self.bias = bias
        self.last = last

    def forward_propagation(self, input_data):
        self.input = input_data
        self.output = np.dot(self.input, self.weights) + self.bias
        if not self.last:
            self.output = sigmoid(self.output)
        return self.output

    def backward_propagation(self, output_error):
        if not self.last:
            output_error = output_error * self.output * (1 - self.output)
        input_error = np.dot(output_error, self.weights.T)
        self.weights_error = np.dot(self.input.T, output_error)
        self.bias_error = np.sum(self.weights_error, axis=0, keepdims=True)  # fault: summed over dW | right: self.bias_error = np.sum(output_error, axis=0, keepdims=True)
        return input_error


np.random.seed(42)
x_train = np.random.rand(6, 3)
y_train = np.random.rand(6, 2)
params = {}
sizes = [3, 4, 3, 2]
for i in range(3):
    params["W%d" % (i + 1)] = np.random.randn(sizes[i], sizes[i + 1])
    params["b%d" % (i + 1)] = np.random.rand(1, sizes[i + 1]) - 0.5


def make(p):
    return [FCLayer(p["W%d" % i], p["b%d" % i], last=(i == 3)) for i in (1, 2, 3)]


def loss(p):
    out = x_train
    for layer in make(p):
        out = layer.forward_propagation(out)
    return np.mean(np.power(y_train - out, 2))


def gradients(p):
    net = make(p)
    out = x_train
    for layer in net:
        out = layer.forward_propagation(out)
    error = 2 * (out - y_train) / y_train.size
    for layer in net[::-1]:
        error = layer.backward_propagation(error)
    grads = {}
    for i, layer in enumerate(net, 1):
        grads["dW%d" % i] = layer.weights_error
        grads["db%d" % i] = layer.bias_error
    return grads
