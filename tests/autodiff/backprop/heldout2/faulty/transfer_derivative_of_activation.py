"""Neurons as dicts in lists, plain loops: transfer_derivative(output) is given the weighted sum [3a]."""
import numpy as np

rng = np.random.RandomState(1)
dataset = rng.randn(4, 2)
expected = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
params = {"hidden": rng.randn(3, 3), "output": rng.randn(2, 4)}


def initialize_network(params):
    hidden_layer = [{"weights": list(w)} for w in params["hidden"]]
    output_layer = [{"weights": list(w)} for w in params["output"]]
    return [hidden_layer, output_layer]


def activate(weights, inputs):
    activation = weights[-1]
    for i in range(len(weights) - 1):
        activation += weights[i] * inputs[i]
    return activation


def transfer(activation):
    return 1.0 / (1.0 + np.exp(-activation))


def forward_propagate(network, row):
    inputs = list(row)
    for layer in network:
        new_inputs = []
        for neuron in layer:
            neuron["sum"] = activate(neuron["weights"], inputs)
            neuron["output"] = transfer(neuron["sum"])
            new_inputs.append(neuron["output"])
        inputs = new_inputs
    return inputs


def transfer_derivative(output):
    return output * (1.0 - output)


def backward_propagate_error(network, expected):
    for j, neuron in enumerate(network[1]):
        error = neuron["output"] - expected[j]
        neuron["delta"] = error * transfer_derivative(neuron["output"])
    for j, neuron in enumerate(network[0]):
        error = 0.0
        for above in network[1]:
            error += above["weights"][j] * above["delta"]
        neuron["delta"] = error * transfer_derivative(neuron["sum"])  # fault: x(1-x) at the weighted sum | right: neuron["delta"] = error * transfer_derivative(neuron["output"])


def loss(params):
    network = initialize_network(params)
    total = 0.0
    for row, target in zip(dataset, expected):
        outputs = forward_propagate(network, row)
        total += sum(0.5 * (target[i] - outputs[i]) ** 2 for i in range(2))
    return total


def gradients(params):
    network = initialize_network(params)
    grads = {"hidden": np.zeros((3, 3)), "output": np.zeros((2, 4))}
    for row, target in zip(dataset, expected):
        forward_propagate(network, row)
        backward_propagate_error(network, target)
        inputs = list(row)
        for name, layer in zip(("hidden", "output"), network):
            for j, neuron in enumerate(layer):
                for i in range(len(inputs)):
                    grads[name][j, i] += neuron["delta"] * inputs[i]
                grads[name][j, -1] += neuron["delta"]
            inputs = [neuron["output"] for neuron in layer]
    return grads
