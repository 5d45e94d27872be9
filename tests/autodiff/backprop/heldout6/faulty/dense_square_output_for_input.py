"""Dense class, all layers three wide so no shape complains: mean for the bias, output for the input [2a, 5d, 10c]."""
import numpy as np


class Dense:
    def __init__(self, kernel, bias):
        self.kernel = kernel
        self.bias = bias

    def __call__(self, inputs):
        self.inputs = inputs
        self.outputs = 1.0 / (1.0 + np.exp(-(inputs @ self.kernel + self.bias)))
        return self.outputs

    def backward(self, upstream):
        delta = upstream * self.outputs * (1.0 - self.outputs)
        self.kernel_grad = self.outputs.T @ delta  # fault: the layer's own output | right: self.kernel_grad = self.inputs.T @ delta
        self.bias_grad = np.mean(delta, axis=0)  # fault: mean in place of sum | right: self.bias_grad = np.sum(delta, axis=0)
        return delta @ self.kernel.T


class Model:
    def __init__(self, weights):
        self.layers = [Dense(weights[f"kernel_{i}"], weights[f"bias_{i}"]) for i in range(3)]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad):
        grads = {}
        for i in reversed(range(3)):
            grad = self.layers[i].backward(grad)
            grads[f"kernel_{i}"] = self.layers[i].kernel_grad
            grads[f"bias_{i}"] = self.layers[i].bias_grad
        return grads


rng = np.random.default_rng(2024)
inputs = rng.random((8, 3))
targets = rng.random((8, 3))
params = {}
for i in range(3):
    params[f"kernel_{i}"] = rng.normal(0, 1, (3, 3))
    params[f"bias_{i}"] = rng.normal(0, 0.3, 3)


def loss(weights):
    return np.sum((Model(weights)(inputs) - targets) ** 2)


def gradients(weights):
    model = Model(weights)
    return model.backward(2 * (model(inputs) - targets))
