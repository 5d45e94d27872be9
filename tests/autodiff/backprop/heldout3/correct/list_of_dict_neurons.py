"""Neurons as dicts in lists, the bias as last weight, errors found neuron by neuron."""
import numpy as np

dataset = [[2.78, 2.55, 0], [1.46, 2.36, 0], [3.39, 4.4, 1], [7.62, 2.75, 1]]
params = {
    "hidden": np.array([[0.13, -0.84, 0.76], [0.25, -0.49, 0.44], [-0.3, 0.2, 0.1]]),
    "output": np.array([[0.65, 0.16, -0.5, 0.2], [-0.9, 0.43, 0.3, -0.1]]),
}


def initialize_network(p):
    return [[{"weights": row} for row in p["hidden"]], [{"weights": row} for row in p["output"]]]


def activate(weights, inputs):
    activation = weights[-1]
    for i in range(len(weights) - 1):
        activation = activation + weights[i] * inputs[i]
    return activation


def forward_propagate(network, row):
    inputs = row
    for layer in network:
        new_inputs = []
        for neuron in layer:
            neuron["output"] = 1.0 / (1.0 + np.exp(-activate(neuron["weights"], inputs)))
            new_inputs.append(neuron["output"])
        inputs = new_inputs
    return inputs


def backward_propagate_error(network, expected):
    for i in reversed(range(len(network))):
        layer = network[i]
        errors = []
        if i != len(network) - 1:
            for j in range(len(layer)):
                error = 0.0
                for neuron in network[i + 1]:
                    error += neuron["weights"][j] * neuron["delta"]
                errors.append(error)
        else:
            for j in range(len(layer)):
                errors.append(expected[j] - layer[j]["output"])
        for j in range(len(layer)):
            out = layer[j]["output"]
            layer[j]["delta"] = errors[j] * out * (1.0 - out)


def loss(p):
    network = initialize_network(p)
    total = 0.0
    for row in dataset:
        outputs = forward_propagate(network, row[:-1])
        expected = [1 - row[-1], row[-1]]
        total += sum((expected[i] - outputs[i]) ** 2 for i in range(2)) / 2
    return total


def gradients(p):
    network = initialize_network(p)
    change = [np.zeros_like(p["hidden"]), np.zeros_like(p["output"])]
    for row in dataset:
        forward_propagate(network, row[:-1])
        backward_propagate_error(network, [1 - row[-1], row[-1]])
        for i in range(2):
            inputs = row[:-1] if i == 0 else [neuron["output"] for neuron in network[0]]
            for k, neuron in enumerate(network[i]):
                for j in range(len(inputs)):
                    change[i][k, j] += neuron["delta"] * inputs[j]
                change[i][k, -1] += neuron["delta"]
    return {"hidden": -change[0], "output": -change[1]}
