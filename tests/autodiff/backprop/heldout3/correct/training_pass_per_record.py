"""Bike-sharing style class: deltas summed record by record with the error as target minus output."""
import numpy as np


class NeuralNetwork(object):
    def __init__(self, w_ih, w_ho):
        self.weights_input_to_hidden = w_ih
        self.weights_hidden_to_output = w_ho
        self.activation_function = lambda x: 1 / (1 + np.exp(-x))

    def run(self, X):
        self.hidden_outputs = self.activation_function(np.dot(X, self.weights_input_to_hidden))
        return np.dot(self.hidden_outputs, self.weights_hidden_to_output)

    def train(self, features, targets):
        n_records = features.shape[0]
        delta_i_h = np.zeros(self.weights_input_to_hidden.shape)
        delta_h_o = np.zeros(self.weights_hidden_to_output.shape)
        for X, y in zip(features, targets):
            final_outputs = self.run(X)
            error = y - final_outputs
            output_error_term = error  # f(x) = x, so the slope is 1
            hidden_error = np.dot(self.weights_hidden_to_output, output_error_term)
            hidden_error_term = hidden_error * self.hidden_outputs * (1 - self.hidden_outputs)
            delta_i_h += hidden_error_term * X[:, None]
            delta_h_o += output_error_term * self.hidden_outputs[:, None]
        return delta_i_h / n_records, delta_h_o / n_records


rng = np.random.RandomState(25)
features = rng.randn(5, 3)
targets = rng.randn(5, 1)
params = {"w_ih": rng.normal(0.0, 3 ** -0.5, (3, 4)), "w_ho": rng.normal(0.0, 0.5, (4, 1))}


def loss(params):
    network = NeuralNetwork(params["w_ih"], params["w_ho"])
    return np.mean((network.run(features) - targets) ** 2)


def gradients(params):
    network = NeuralNetwork(params["w_ih"], params["w_ho"])
    up_i_h, up_h_o = network.train(features, targets)
    return {"grad_w_ih": -2 * up_i_h, "grad_w_ho": -2 * up_h_o}
