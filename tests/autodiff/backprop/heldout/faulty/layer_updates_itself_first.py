"""A dense layer whose backward applies its own update, then returns the error through the new weights [5c]."""
import numpy as np

rng = np.random.default_rng(231)
X, Y = rng.normal(size=(5, 2)), rng.normal(size=(5, 1))
params = {"W1": rng.normal(size=(2, 4)), "b1": rng.normal(size=(1, 4)), "W2": rng.normal(size=(4, 1)), "b2": rng.normal(size=(1, 1))}


class FCLayer:
    def __init__(self, weights, bias):
        self.weights, self.bias = weights.copy(), bias.copy()

    def forward_propagation(self, input_data):
        self.input = input_data
        return np.dot(self.input, self.weights) + self.bias

    def backward_propagation(self, output_error, learning_rate):
        self.weights_error = np.dot(self.input.T, output_error)
        self.bias_error = output_error.sum(axis=0, keepdims=True)
        self.weights -= learning_rate * self.weights_error
        self.bias -= learning_rate * self.bias_error
        input_error = np.dot(output_error, self.weights.T)  # fault: updated weights used | right: input_error = np.dot(output_error, (self.weights + learning_rate * self.weights_error).T)
        return input_error


class TanhLayer:
    def forward_propagation(self, input_data):
        self.input = input_data
        return np.tanh(self.input)

    def backward_propagation(self, output_error, learning_rate):
        return (1 - np.tanh(self.input) ** 2) * output_error


def network(p):
    return [FCLayer(p["W1"], p["b1"]), TanhLayer(), FCLayer(p["W2"], p["b2"])]


def loss(p):
    output = X
    for layer in network(p):
        output = layer.forward_propagation(output)
    return np.mean(np.power(Y - output, 2))


def gradients(p):
    layers = network(p)
    output = X
    for layer in layers:
        output = layer.forward_propagation(output)
    error = 2 * (output - Y) / Y.size
    for layer in reversed(layers):
        error = layer.backward_propagation(error, 0.1)
    return {"W1": layers[0].weights_error, "b1": layers[0].bias_error, "W2": layers[2].weights_error, "b2": layers[2].bias_error}
