"""The query/train book class: the raw output errors go back instead of the deltas [4b]."""
import numpy as np


class neuralNetwork:
    def __init__(self, wih, who):
        self.wih = wih
        self.who = who
        self.activation_function = lambda x: 1.0 / (1.0 + np.exp(-x))

    def query(self, inputs_list):
        self.inputs = np.array(inputs_list, ndmin=2).T
        hidden_inputs = np.dot(self.wih, self.inputs)
        self.hidden_outputs = self.activation_function(hidden_inputs)
        final_inputs = np.dot(self.who, self.hidden_outputs)
        self.final_outputs = self.activation_function(final_inputs)
        return self.final_outputs

    def train(self, inputs_list, targets_list):
        targets = np.array(targets_list, ndmin=2).T
        self.query(inputs_list)

        # output layer error is the (target - actual)
        output_errors = targets - self.final_outputs
        output_grad = output_errors * self.final_outputs * (1.0 - self.final_outputs)
        # hidden layer error, split by weights
        hidden_errors = np.dot(self.who.T, output_errors)  # fault: the output's slope not taken along | right: hidden_errors = np.dot(self.who.T, output_grad)
        hidden_grad = hidden_errors * self.hidden_outputs * (1.0 - self.hidden_outputs)

        step_who = np.dot(output_grad, np.transpose(self.hidden_outputs))
        step_wih = np.dot(hidden_grad, np.transpose(self.inputs))
        return step_wih, step_who


records = [
    ([0.2, 0.7, 0.1], [0.99, 0.01]),
    ([0.9, 0.4, 0.6], [0.01, 0.99]),
    ([0.3, 0.3, 0.8], [0.99, 0.01]),
    ([0.6, 0.05, 0.5], [0.01, 0.99]),
]


def loss(params):
    n = neuralNetwork(params["wih"], params["who"])
    total = 0.0
    for inputs, targets in records:
        total += 0.5 * np.sum((np.array(targets, ndmin=2).T - n.query(inputs)) ** 2)
    return total


def gradients(params):
    n = neuralNetwork(params["wih"], params["who"])
    grads = {"wih": np.zeros_like(n.wih), "who": np.zeros_like(n.who)}
    for inputs, targets in records:
        step_wih, step_who = n.train(inputs, targets)
        grads["wih"] -= step_wih
        grads["who"] -= step_who
    return grads


np.random.seed(5)
params = {
    "wih": np.random.normal(0.0, pow(3, -0.5), (4, 3)),
    "who": np.random.normal(0.0, pow(4, -0.5), (2, 4)),
}
