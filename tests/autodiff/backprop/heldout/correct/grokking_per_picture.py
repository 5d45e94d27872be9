"""Grokking style, pictures one at a time, the factor 2 and the average applied at the very end."""
import numpy as np

np.random.seed(301)
images = np.random.rand(5, 4)
labels = np.eye(3)[[0, 1, 2, 1, 0]]
params = {"weights_0_1": 0.6 * np.random.randn(4, 6), "weights_1_2": 0.6 * np.random.randn(6, 3)}

relu = lambda x: (x >= 0) * x
relu2deriv = lambda x: x > 0


def loss(params):
    error = 0.0
    for i in range(len(images)):
        layer_1 = relu(np.dot(images[i : i + 1], params["weights_0_1"]))
        layer_2 = np.dot(layer_1, params["weights_1_2"])
        error = error + np.sum((labels[i : i + 1] - layer_2) ** 2)
    return error / len(images)


def gradients(params):
    total_0_1, total_1_2 = 0, 0
    for i in range(len(images)):
        layer_0 = images[i : i + 1]
        layer_1 = relu(np.dot(layer_0, params["weights_0_1"]))
        layer_2 = np.dot(layer_1, params["weights_1_2"])
        layer_2_delta = labels[i : i + 1] - layer_2
        layer_1_delta = layer_2_delta.dot(params["weights_1_2"].T) * relu2deriv(layer_1)
        total_1_2 = total_1_2 + layer_1.T.dot(layer_2_delta)
        total_0_1 = total_0_1 + layer_0.T.dot(layer_1_delta)
    factor = -2 / len(images)
    return {"weights_0_1": factor * total_0_1, "weights_1_2": factor * total_1_2}
