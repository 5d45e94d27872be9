"""Neurons as dictionaries in a list of layers, everything by plain numbers."""
import numpy as np

rnd = np.random.RandomState(17)
rows = [([2.7, -1.1], 0), ([1.4, 0.3], 1), ([-0.9, 1.8], 1), ([0.2, -2.0], 0)]
params = {"hidden": rnd.uniform(-1, 1, (3, 3)), "output": rnd.uniform(-1, 1, (2, 4))}   # last weight of a row is the bias


def transfer(a):
    return 1.0 / (1.0 + np.exp(-a))


def make(params):
    return [[{"weights": list(w), "change": [0.0] * len(w)} for w in params[name]] for name in ("hidden", "output")]


def forward_propagate(network, row):
    inputs = list(row)
    for layer in network:
        new_inputs = []
        for neuron in layer:
            activation = neuron["weights"][-1]
            for i in range(len(inputs)):
                activation += neuron["weights"][i] * inputs[i]
            neuron["output"] = transfer(activation)
            new_inputs.append(neuron["output"])
        inputs = new_inputs
    return inputs


def loss(params):
    network, sum_error = make(params), 0.0
    for row, label in rows:
        outputs = forward_propagate(network, row)
        for j, out in enumerate(outputs):
            sum_error += ((1.0 if j == label else 0.0) - out) ** 2
    return sum_error / len(rows)


def gradients(params):
    network = make(params)
    for row, label in rows:
        forward_propagate(network, row)
        for i in reversed(range(len(network))):
            for j, neuron in enumerate(network[i]):
                if i == len(network) - 1:
                    error = 2 * (neuron["output"] - (1.0 if j == label else 0.0)) / len(rows)
                else:
                    error = sum(nxt["weights"][j] * nxt["delta"] for nxt in network[i + 1])
                neuron["delta"] = error * neuron["output"] * (1.0 - neuron["output"])
        inputs = list(row)
        for layer in network:
            for neuron in layer:
                for k in range(len(inputs)):
                    neuron["change"][k] += neuron["delta"] * inputs[k]
                neuron["change"][-1] += neuron["delta"]
            inputs = [neuron["output"] for neuron in layer]
    return {name: np.array([n["change"] for n in layer]) for name, layer in zip(("hidden", "output"), network)}
