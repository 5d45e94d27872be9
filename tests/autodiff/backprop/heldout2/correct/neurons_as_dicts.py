"""From scratch in plain Python loops: neurons are dicts, delta = (output - expected) * output * (1 - output)."""
import numpy as np

rng = np.random.RandomState(2)
dataset = [[2.78, 2.55, 0], [1.46, 2.36, 0], [3.39, 4.40, 0], [1.38, 1.85, 1], [3.06, 3.00, 1]]
params = {"hidden": rng.rand(3, 3) - 0.5, "output": rng.rand(2, 4) - 0.5}


def network_of(params):
    return [[{"weights": w} for w in params[name].tolist()] for name in ("hidden", "output")]


def forward_propagate(network, row):
    inputs = row
    for layer in network:
        new_inputs = []
        for neuron in layer:
            activation = neuron["weights"][-1]
            for i in range(len(neuron["weights"]) - 1):
                activation += neuron["weights"][i] * inputs[i]
            neuron["output"] = 1.0 / (1.0 + np.exp(-activation))
            new_inputs.append(neuron["output"])
        inputs = new_inputs
    return inputs


def transfer_derivative(output):
    return output * (1.0 - output)


def backward_propagate_error(network, expected):
    for i in reversed(range(len(network))):
        layer = network[i]
        errors = list()
        if i != len(network) - 1:
            for j in range(len(layer)):
                error = 0.0
                for neuron in network[i + 1]:
                    error += neuron["weights"][j] * neuron["delta"]
                errors.append(error)
        else:
            for j in range(len(layer)):
                neuron = layer[j]
                errors.append(neuron["output"] - expected[j])
        for j in range(len(layer)):
            neuron = layer[j]
            neuron["delta"] = errors[j] * transfer_derivative(neuron["output"])


def loss(params):
    network = network_of(params)
    sum_error = 0
    for row in dataset:
        outputs = forward_propagate(network, row[:-1])
        expected = [0, 0]
        expected[row[-1]] = 1
        sum_error += sum([(expected[i] - outputs[i]) ** 2 for i in range(len(expected))])
    return sum_error / 2


def gradients(params):
    network = network_of(params)
    grads = {"hidden": np.zeros((3, 3)), "output": np.zeros((2, 4))}
    for row in dataset:
        forward_propagate(network, row[:-1])
        expected = [0, 0]
        expected[row[-1]] = 1
        backward_propagate_error(network, expected)
        for i, name in enumerate(("hidden", "output")):
            inputs = row[:-1]
            if i != 0:
                inputs = [neuron["output"] for neuron in network[i - 1]]
            for k, neuron in enumerate(network[i]):
                for j in range(len(inputs)):
                    grads[name][k][j] += neuron["delta"] * inputs[j]
                grads[name][k][-1] += neuron["delta"]
    return grads
