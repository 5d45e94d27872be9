"""Eleven-line network in a training step: weights updated in place, after they were used."""
import numpy as np

rng = np.random.RandomState(110)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [1, 1, 0]], dtype=float)
y = np.array([[0], [1], [1], [0], [1]], dtype=float)
params = {"synapse_0": 2 * rng.random_sample((3, 4)) - 1, "synapse_1": 2 * rng.random_sample((4, 1)) - 1}
alpha = 0.5


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_output_to_derivative(output):
    return output * (1 - output)


def loss(params):
    layer_1 = sigmoid(np.dot(X, params["synapse_0"]))
    layer_2 = sigmoid(np.dot(layer_1, params["synapse_1"]))
    return np.sum((layer_2 - y) ** 2) / 2


def gradients(params):
    synapse_0, synapse_1 = params["synapse_0"], params["synapse_1"]
    layer_0 = X
    layer_1 = sigmoid(np.dot(layer_0, synapse_0))
    layer_2 = sigmoid(np.dot(layer_1, synapse_1))
    layer_2_error = layer_2 - y
    layer_2_delta = layer_2_error * sigmoid_output_to_derivative(layer_2)
    layer_1_error = layer_2_delta.dot(synapse_1.T)
    layer_1_delta = layer_1_error * sigmoid_output_to_derivative(layer_1)
    synapse_1_derivative = np.dot(layer_1.T, layer_2_delta)
    synapse_0_derivative = np.dot(layer_0.T, layer_1_delta)
    synapse_1 -= alpha * synapse_1_derivative
    synapse_0 -= alpha * synapse_0_derivative
    return {"synapse_0": synapse_0_derivative, "synapse_1": synapse_1_derivative}
