"""FCLayer and ActivationLayer classes of the blogs: activation_prime(self.output), which wants the input [3b]."""
import numpy as np

np.random.seed(7)
x_train = np.random.randn(4, 1, 2)
y_train = np.random.randn(4, 1, 1)
params = {
    "w1": np.random.rand(2, 3) - 0.5,
    "b1": np.random.rand(1, 3) - 0.5,
    "w2": np.random.rand(3, 1) - 0.5,
    "b2": np.random.rand(1, 1) - 0.5,
}


class FCLayer:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights, bias
        self.weights_error = np.zeros_like(weights)
        self.bias_error = np.zeros_like(bias)

    def forward_propagation(self, input_data):
        self.input = input_data
        self.output = np.dot(self.input, self.weights) + self.bias
        return self.output

    def backward_propagation(self, output_error):
        input_error = np.dot(output_error, self.weights.T)
        self.weights_error += np.dot(self.input.T, output_error)
        self.bias_error += output_error
        return input_error


class ActivationLayer:
    def __init__(self, activation, activation_prime):
        self.activation = activation
        self.activation_prime = activation_prime

    def forward_propagation(self, input_data):
        self.input = input_data
        self.output = self.activation(self.input)
        return self.output

    def backward_propagation(self, output_error):
        return self.activation_prime(self.output) * output_error  # fault: prime of the output | right: return self.activation_prime(self.input) * output_error


def tanh(x):
    return np.tanh(x)


def tanh_prime(x):
    return 1 - np.tanh(x) ** 2


def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))


def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_true.size


def build(p):
    return [FCLayer(p["w1"], p["b1"]), ActivationLayer(tanh, tanh_prime), FCLayer(p["w2"], p["b2"])]


def loss(p):
    err = 0
    for x, y in zip(x_train, y_train):
        output = x
        for layer in build(p):
            output = layer.forward_propagation(output)
        err += mse(y, output)
    return err


def gradients(p):
    layers = build(p)
    for x, y in zip(x_train, y_train):
        output = x
        for layer in layers:
            output = layer.forward_propagation(output)
        error = mse_prime(y, output)
        for layer in reversed(layers):
            error = layer.backward_propagation(error)
    first, last = layers[0], layers[-1]
    return {"w1": first.weights_error, "b1": first.bias_error, "w2": last.weights_error, "b2": last.bias_error}
