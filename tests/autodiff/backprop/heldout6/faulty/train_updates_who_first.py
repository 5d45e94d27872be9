"""Query/train class with wih and who, trained sample by sample from lists; who has moved when the hidden error is taken [5c]."""
import numpy as np


def activation_function(x):
    return 1.0 / (1.0 + np.exp(-x))


class neuralNetwork:
    def __init__(self, wih, who, learningrate):
        self.wih = wih.copy()
        self.who = who.copy()
        self.lr = learningrate

    def query(self, inputs_list):
        inputs = np.array(inputs_list, ndmin=2).T
        hidden_outputs = activation_function(np.dot(self.wih, inputs))
        return activation_function(np.dot(self.who, hidden_outputs))

    def train(self, inputs_list, targets_list):
        inputs = np.array(inputs_list, ndmin=2).T
        targets = np.array(targets_list, ndmin=2).T
        who_start = np.copy(self.who)

        hidden_outputs = activation_function(np.dot(self.wih, inputs))
        final_outputs = activation_function(np.dot(self.who, hidden_outputs))

        output_errors = targets - final_outputs
        output_delta = output_errors * final_outputs * (1.0 - final_outputs)
        self.who += self.lr * np.dot(output_delta, np.transpose(hidden_outputs))
        self.moved = np.abs(self.who - who_start).max()  # to see that something happens

        hidden_errors = np.dot(self.who.T, output_delta)  # fault: who has been updated | right: hidden_errors = np.dot(who_start.T, output_delta)
        hidden_delta = hidden_errors * hidden_outputs * (1.0 - hidden_outputs)
        self.wih += self.lr * np.dot(hidden_delta, np.transpose(inputs))


np.random.seed(100)
records = [([0.1, 0.9, 0.4], [0.99, 0.01]), ([0.8, 0.2, 0.6], [0.01, 0.99]), ([0.5, 0.5, 0.1], [0.99, 0.01])]
params = {"wih": np.random.normal(0.0, 0.7, (4, 3)), "who": np.random.normal(0.0, 0.7, (2, 4))}
learning_rate = 0.3


def loss(p):
    n = neuralNetwork(p["wih"], p["who"], learning_rate)
    return sum(0.5 * np.sum((np.array(t) - n.query(i).ravel()) ** 2) for i, t in records)


def gradients(p):
    total = {"wih": np.zeros(p["wih"].shape), "who": np.zeros(p["who"].shape)}
    for inputs_list, targets_list in records:
        n = neuralNetwork(p["wih"], p["who"], learning_rate)
        n.train(inputs_list, targets_list)
        total["wih"] += (p["wih"] - n.wih) / learning_rate
        total["who"] += (p["who"] - n.who) / learning_rate
    return total
