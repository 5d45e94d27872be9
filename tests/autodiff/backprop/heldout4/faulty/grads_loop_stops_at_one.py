"""MLP with preallocated gradients, the backward loop stops before the first layer [10b]."""
import numpy as np


class MLP:
    def __init__(self, params, n_layers):
        self.n_layers = n_layers
        self.params = params
        self.derivatives = {k: np.zeros_like(v) for k, v in params.items()}
        self.activations = []

    def forward_propagate(self, inputs):
        a = inputs
        self.activations = [a]
        for i in range(self.n_layers):
            net_inputs = np.dot(a, self.params["w" + str(i)]) + self.params["b" + str(i)]
            a = self._sigmoid(net_inputs)
            self.activations.append(a)
        return a

    def back_propagate(self, error):
        for i in reversed(range(1, self.n_layers)):  # fault: layer 0 never reached | right: for i in reversed(range(self.n_layers)):
            delta = error * self._sigmoid_derivative(self.activations[i + 1])
            self.derivatives["w" + str(i)] = np.dot(self.activations[i].T, delta)
            self.derivatives["b" + str(i)] = np.sum(delta, axis=0)
            error = np.dot(delta, self.params["w" + str(i)].T)
        return error

    def _sigmoid(self, x):
        return 1.0 / (1 + np.exp(-x))

    def _sigmoid_derivative(self, a):
        return a * (1.0 - a)

    def _mse(self, target, output):
        return np.average((target - output) ** 2)


rng = np.random.default_rng(90)
items = rng.uniform(0, 0.5, size=(7, 2))
targets = items[:, :1] + items[:, 1:]
layout = [2, 5, 3, 1]


def loss(params):
    mlp = MLP(params, 3)
    return mlp._mse(targets, mlp.forward_propagate(items))


def gradients(params):
    mlp = MLP(params, 3)
    output = mlp.forward_propagate(items)
    mlp.back_propagate(2 * (output - targets) / targets.size)
    return mlp.derivatives


params = {}
for i in range(3):
    params["w" + str(i)] = rng.normal(size=(layout[i], layout[i + 1]))
    params["b" + str(i)] = rng.normal(size=layout[i + 1])
