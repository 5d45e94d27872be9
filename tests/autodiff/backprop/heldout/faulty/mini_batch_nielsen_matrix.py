"""Nielsen's network over a whole mini-batch of columns: nabla_b keeps one column per sample [2e]."""
import numpy as np

rng = np.random.default_rng(218)
sizes = [3, 4, 2]
batch_x, batch_y = rng.normal(size=(3, 5)), rng.random((2, 5))
params = {}
for k in range(2):
    params[f"weights{k}"] = rng.normal(size=(sizes[k + 1], sizes[k]))
    params[f"biases{k}"] = rng.normal(size=(sizes[k + 1], 1))


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def cost_derivative(output_activations, y):
    return output_activations - y


def forward(params):
    activation, activations, zs = batch_x, [batch_x], []
    for k in range(2):
        zs.append(np.dot(params[f"weights{k}"], activation) + params[f"biases{k}"])
        activation = sigmoid(zs[-1])
        activations.append(activation)
    return activations, zs


def loss(params):
    activations, _ = forward(params)
    return 0.5 * np.sum((activations[-1] - batch_y) ** 2)


def gradients(params):
    activations, zs = forward(params)
    nabla = {}
    delta = cost_derivative(activations[-1], batch_y) * sigmoid(zs[-1]) * (1 - sigmoid(zs[-1]))
    nabla["biases1"] = np.sum(delta, axis=1, keepdims=True)
    nabla["weights1"] = np.dot(delta, activations[-2].transpose())
    delta = np.dot(params["weights1"].transpose(), delta) * sigmoid(zs[-2]) * (1 - sigmoid(zs[-2]))
    nabla["biases0"] = delta  # fault: broadcast not reduced | right: nabla["biases0"] = np.sum(delta, axis=1, keepdims=True)
    nabla["weights0"] = np.dot(delta, activations[-3].transpose())
    return nabla
