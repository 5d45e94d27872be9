"""Neurons as objects, one by one in loops; sigmoid's derivative from the total net input [3a]."""
import numpy as np


class Neuron:
    def __init__(self, weights, bias):
        self.weights = weights
        self.bias = bias

    def calculate_output(self, inputs):
        self.inputs = inputs
        self.total = self.bias
        for i in range(len(inputs)):
            self.total = self.total + inputs[i] * self.weights[i]
        self.output = 1 / (1 + np.exp(-self.total))
        return self.output


def build(p):
    hidden = [Neuron(p["hidden_weights"][j], p["hidden_bias"][j]) for j in range(3)]
    output = [Neuron(p["output_weights"][k], p["output_bias"][k]) for k in range(2)]
    return hidden, output


training_sets = [([0.05, 0.1], [0.01, 0.99]), ([0.7, -0.4], [0.8, 0.2]), ([-0.9, 0.6], [0.3, 0.5])]
params = {
    "hidden_weights": np.array([[0.15, 0.2], [0.25, -0.3], [0.6, 0.9]]),
    "hidden_bias": np.array([0.35, 0.1, -0.2]),
    "output_weights": np.array([[0.4, 0.45, -0.7], [0.5, 0.55, 0.3]]),
    "output_bias": np.array([0.6, -0.4]),
}


def loss(p):
    total_error = 0
    hidden, output = build(p)
    for inputs, target in training_sets:
        h = [n.calculate_output(inputs) for n in hidden]
        o = [n.calculate_output(h) for n in output]
        for k in range(len(o)):
            total_error += 0.5 * (target[k] - o[k]) ** 2
    return total_error


def gradients(p):
    grads = {name: np.zeros_like(value) for name, value in p.items()}
    hidden, output = build(p)
    for inputs, target in training_sets:
        h = [n.calculate_output(inputs) for n in hidden]
        for n in output:
            n.calculate_output(h)
        # 1. output neuron deltas
        out_delta = [0] * len(output)
        for k, n in enumerate(output):
            out_delta[k] = -(target[k] - n.output) * n.output * (1 - n.output)
        # 2. hidden neuron deltas
        hid_delta = [0] * len(hidden)
        for j, n in enumerate(hidden):
            d_error = 0
            for k in range(len(output)):
                d_error += out_delta[k] * output[k].weights[j]
            hid_delta[j] = d_error * n.total * (1 - n.total)  # fault: total in place of output | right: hid_delta[j] = d_error * n.output * (1 - n.output)
        # 3. sum up
        for k in range(len(output)):
            for j in range(len(hidden)):
                grads["output_weights"][k, j] += out_delta[k] * h[j]
            grads["output_bias"][k] += out_delta[k]
        for j in range(len(hidden)):
            for i in range(len(inputs)):
                grads["hidden_weights"][j, i] += hid_delta[j] * inputs[i]
            grads["hidden_bias"][j] += hid_delta[j]
    return grads
