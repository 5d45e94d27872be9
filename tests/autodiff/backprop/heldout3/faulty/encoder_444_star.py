"""The 4-4-4 encoder toy: a star where the dot belongs, and the square shapes let it pass [6c]."""
import numpy as np

X = np.eye(4)
y = np.eye(4)[::-1]

np.random.seed(11)
params = {
    "syn0": 2 * np.random.random((4, 4)) - 1,
    "syn1": 2 * np.random.random((4, 4)) - 1,
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_output_to_derivative(output):
    return output * (1 - output)


def loss(params):
    layer_1 = sigmoid(np.dot(X, params["syn0"]))
    layer_2 = sigmoid(np.dot(layer_1, params["syn1"]))
    return np.sum((layer_2 - y) ** 2) / 2


def gradients(params):
    synapse_0 = params["syn0"]
    synapse_1 = params["syn1"]
    layer_0 = X
    layer_1 = sigmoid(np.dot(layer_0, synapse_0))
    layer_2 = sigmoid(np.dot(layer_1, synapse_1))

    layer_2_error = layer_2 - y
    layer_2_delta = layer_2_error * sigmoid_output_to_derivative(layer_2)

    # how much did each l1 value contribute to the l2 error?
    layer_1_error = layer_2_delta * synapse_1.T  # fault: element-wise | right: layer_1_error = layer_2_delta.dot(synapse_1.T)
    layer_1_delta = layer_1_error * sigmoid_output_to_derivative(layer_1)

    synapse_1_derivative = np.dot(layer_1.T, layer_2_delta)
    synapse_0_derivative = np.dot(layer_0.T, layer_1_delta)
    return {"dsyn0": synapse_0_derivative, "dsyn1": synapse_1_derivative}
