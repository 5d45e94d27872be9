"""neuralNetwork class with wih and who, list inputs: hidden errors through the unit's outputs' errors without sigmoid' [4a]."""
import numpy as np

rng = np.random.default_rng(202)
inputs_list = rng.random((4, 3)).tolist()
targets_list = rng.random((4, 2)).tolist()
params = {"wih": rng.normal(0.0, 3**-0.5, (5, 3)), "who": rng.normal(0.0, 5**-0.5, (2, 5))}


class neuralNetwork:
    def __init__(self, wih, who):
        self.wih = wih
        self.who = who
        self.activation_function = lambda x: 1 / (1 + np.exp(-x))

    def query(self, inputs_list):
        inputs = np.array(inputs_list, ndmin=2).T
        hidden_outputs = self.activation_function(np.dot(self.wih, inputs))
        final_outputs = self.activation_function(np.dot(self.who, hidden_outputs))
        return inputs, hidden_outputs, final_outputs

    def slopes(self, inputs_list, targets_list):
        targets = np.array(targets_list, ndmin=2).T
        inputs, hidden_outputs, final_outputs = self.query(inputs_list)
        output_errors = targets - final_outputs
        hidden_errors = np.dot(self.who.T, output_errors)  # fault: output's sigmoid' missing on the way back | right: hidden_errors = np.dot(self.who.T, output_errors * final_outputs * (1.0 - final_outputs))
        who_step = np.dot((output_errors * final_outputs * (1.0 - final_outputs)), np.transpose(hidden_outputs))
        wih_step = np.dot((hidden_errors * hidden_outputs * (1.0 - hidden_outputs)), np.transpose(inputs))
        return {"wih": -wih_step, "who": -who_step}


def loss(params):
    n = neuralNetwork(params["wih"], params["who"])
    _, _, final = n.query(inputs_list)
    return 0.5 * np.sum((np.array(targets_list).T - final) ** 2)


def gradients(params):
    return neuralNetwork(params["wih"], params["who"]).slopes(inputs_list, targets_list)
