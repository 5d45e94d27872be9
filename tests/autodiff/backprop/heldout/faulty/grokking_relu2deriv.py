"""Grokking style, one picture at a time: relu2deriv of layer_2's delta, not of layer_1 [8a]."""
import numpy as np

np.random.seed(201)
streetlights = np.array([[1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 1, 1]], dtype=float)
walk_vs_stop = np.array([[1, 1, 0, 0]], dtype=float).T
params = {"weights_0_1": 2 * np.random.random((3, 5)) - 1, "weights_1_2": 2 * np.random.random((5, 1)) - 1}
params["weights_0_1"][2] += 0.05


def relu(x):
    return (x > 0) * x


def relu2deriv(output):
    return output > 0


def loss(params):
    layer_2_error = 0
    for i in range(len(streetlights)):
        layer_0 = streetlights[i : i + 1]
        layer_1 = relu(np.dot(layer_0, params["weights_0_1"]))
        layer_2 = np.dot(layer_1, params["weights_1_2"])
        layer_2_error += np.sum((layer_2 - walk_vs_stop[i : i + 1]) ** 2)
    return layer_2_error


def gradients(params):
    weights_0_1, weights_1_2 = params["weights_0_1"], params["weights_1_2"]
    delta_0_1, delta_1_2 = np.zeros((3, 5)), np.zeros((5, 1))
    for i in range(len(streetlights)):
        layer_0 = streetlights[i : i + 1]
        layer_1 = relu(np.dot(layer_0, weights_0_1))
        layer_2 = np.dot(layer_1, weights_1_2)
        layer_2_delta = 2 * (layer_2 - walk_vs_stop[i : i + 1])
        layer_1_delta = layer_2_delta.dot(weights_1_2.T)
        layer_1_delta = layer_1_delta * relu2deriv(layer_1_delta)  # fault: mask taken from the gradient | right: layer_1_delta = layer_1_delta * relu2deriv(layer_1)
        delta_1_2 += layer_1.T.dot(layer_2_delta)
        delta_0_1 += layer_0.T.dot(layer_1_delta)
    return {"weights_0_1": delta_0_1, "weights_1_2": delta_1_2}
