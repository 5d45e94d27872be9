"""My Layer class: after the first update the bias has as many rows as the batch [2e]."""
import numpy as np

LR = 0.1


class Layer:
    def __init__(self, weights, bias):
        self.weights = weights.copy()
        self.bias = bias.copy()

    def calc(self, inputs):
        self.inputs = inputs
        self.fin_outputs = 1 / (1 + np.exp(-(np.matmul(inputs, self.weights) + self.bias)))
        return self.fin_outputs

    def learn(self, error):
        delta = error * self.fin_outputs * (1 - self.fin_outputs)
        back = np.matmul(delta, np.transpose(self.weights))
        self.weights = self.weights - LR * np.matmul(np.transpose(self.inputs), delta)
        self.bias = self.bias - LR * delta  # fault: not summed over the batch | right: self.bias = self.bias - LR * np.sum(delta, axis=0, keepdims=True)
        return back


class Run:
    def __init__(self, p):
        self.hiddenLayer = Layer(p["w_hidden"], p["b_hidden"])
        self.outputLayer = Layer(p["w_out"], p["b_out"])

    def runNN(self, inputs):
        return self.outputLayer.calc(self.hiddenLayer.calc(inputs))

    def train(self, inputs, expected):
        NN_Output = self.runNN(inputs)
        self.hiddenLayer.learn(self.outputLayer.learn(NN_Output - expected))


np.random.seed(5)
inputs = np.random.uniform(-1, 1, (5, 4))
expected = np.eye(3)[[0, 2, 1, 1, 0]]
params = {"w_hidden": np.random.uniform(-1, 1, (4, 6)), "b_hidden": np.random.uniform(-.2, .2, (1, 6)),
          "w_out": np.random.uniform(-1, 1, (6, 3)), "b_out": np.random.uniform(-.2, .2, (1, 3))}


def loss(p):
    return 0.5 * np.sum((Run(p).runNN(inputs) - expected) ** 2)


def gradients(p):
    r = Run(p)
    r.train(inputs, expected)
    after = {"w_hidden": r.hiddenLayer.weights, "b_hidden": r.hiddenLayer.bias,
             "w_out": r.outputLayer.weights, "b_out": r.outputLayer.bias}
    return {k: (p[k] - after[k]) / LR for k in p}
