"""Class of a blog reader: hidden layer goes uphill and its bias gradient is a whole batch [2e, 10a, 10c]."""
import numpy as np


class MLP:
    def __init__(self, p):
        self.p = p
        self.cache = {}

    def forward(self, inputs):
        p = self.p
        self.cache["inputs"] = inputs
        self.cache["hidden"] = np.tanh(inputs.dot(p["weights1"]) + p["bias1"])
        self.cache["output"] = self.cache["hidden"].dot(p["weights2"]) + p["bias2"]
        return self.cache["output"]

    def mse(self, inputs, targets):
        return ((self.forward(inputs) - targets) ** 2).mean()

    def backward(self, targets):
        p, c = self.p, self.cache
        grads = {}
        d_output = 2 * (c["output"] - targets) / targets.size
        grads["weights2"] = c["hidden"].T.dot(d_output)
        grads["bias2"] = d_output.sum(axis=0, keepdims=True)
        d_hidden = -d_output.dot(p["weights2"].T)  # fault: a minus too many | right: d_hidden = d_output.dot(p["weights2"].T)
        d_hidden_in = d_hidden * (1 - c["hidden"] ** 2)
        grads["weights1"] = c["inputs"].T.dot(d_hidden_in)
        grads["bias1"] = d_hidden_in  # fault: batch not summed | right: grads["bias1"] = d_hidden_in.sum(axis=0, keepdims=True)
        return grads


rng = np.random.RandomState(61)
batch = rng.randn(6, 3)
wanted = rng.randn(6, 2)
params = {"weights1": rng.randn(3, 5), "bias1": rng.randn(1, 5), "weights2": rng.randn(5, 2), "bias2": rng.randn(1, 2)}


def loss(p):
    return MLP(p).mse(batch, wanted)


def gradients(p):
    net = MLP(p)
    net.forward(batch)
    return net.backward(wanted)
