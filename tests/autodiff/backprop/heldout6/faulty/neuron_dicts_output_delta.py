"""Every neuron a dict with weights, output, delta; the output neurons' delta is the bare error [4a]."""
import numpy as np

dataset = np.array([[2.78, 2.55], [1.46, 2.36], [3.39, 4.40], [1.38, 1.85], [7.62, 2.75]]) / 5
expected = np.array([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]], dtype=float)
np.random.seed(2)
params = {"hidden": np.random.rand(3, 3), "out": np.random.rand(2, 4)}  # last weight of a neuron is its bias


def initialize_network(p):
    return [[{"weights": w} for w in p["hidden"]], [{"weights": w} for w in p["out"]]]


def activate(weights, inputs):
    activation = weights[-1]
    for i in range(len(weights) - 1):
        activation += weights[i] * inputs[i]
    return activation


def transfer(activation):
    return 1.0 / (1.0 + np.exp(-activation))


def transfer_derivative(output):
    return output * (1.0 - output)


def forward_propagate(network, row):
    inputs = row
    for layer in network:
        new_inputs = []
        for neuron in layer:
            neuron["output"] = transfer(activate(neuron["weights"], inputs))
            new_inputs.append(neuron["output"])
        inputs = new_inputs
    return inputs


def backward_propagate_error(network, target):
    hidden_layer, output_layer = network
    for j, neuron in enumerate(output_layer):
        neuron["delta"] = neuron["output"] - target[j]  # fault: the output's derivative left out | right: neuron["delta"] = (neuron["output"] - target[j]) * transfer_derivative(neuron["output"])
    for j, neuron in enumerate(hidden_layer):
        error = 0.0
        for following in output_layer:
            error += following["weights"][j] * following["delta"]
        neuron["delta"] = error * transfer_derivative(neuron["output"])


def loss(p):
    total = 0.0
    for row, target in zip(dataset, expected):
        outputs = forward_propagate(initialize_network(p), row)
        total += sum([(target[i] - outputs[i]) ** 2 for i in range(len(target))]) / 2
    return total


def gradients(p):
    grads = {"hidden": np.zeros_like(p["hidden"]), "out": np.zeros_like(p["out"])}
    for row, target in zip(dataset, expected):
        network = initialize_network(p)
        forward_propagate(network, row)
        backward_propagate_error(network, target)
        inputs = row
        for name, layer in zip(("hidden", "out"), network):
            for n, neuron in enumerate(layer):
                for j in range(len(inputs)):
                    grads[name][n, j] += neuron["delta"] * inputs[j]
                grads[name][n, -1] += neuron["delta"]
            inputs = [neuron["output"] for neuron in layer]
    return grads
