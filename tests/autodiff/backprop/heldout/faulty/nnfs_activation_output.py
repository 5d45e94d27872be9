"""Layers with inputs, dinputs, dweights, dbiases: the sigmoid's backward uses its inputs as outputs [3a]."""
import numpy as np

rs = np.random.RandomState(200)
samples = rs.randn(7, 2)
y_true = rs.randint(0, 2, size=(7, 1)).astype(float)
params = {"weights1": 0.8 * rs.randn(2, 5), "biases1": 0.1 * rs.randn(1, 5), "weights2": 0.8 * rs.randn(5, 1), "biases2": np.zeros((1, 1))}


class Layer_Dense:
    def __init__(self, weights, biases):
        self.weights = weights
        self.biases = biases

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)


class Activation_Sigmoid:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = 1 / (1 + np.exp(-inputs))

    def backward(self, dvalues):
        self.dinputs = dvalues * (1 - self.inputs) * self.inputs  # fault: inputs used where the output belongs | right: self.dinputs = dvalues * (1 - self.output) * self.output


class Loss_MeanSquaredError:
    def calculate(self, y_pred, y_true):
        return np.mean(np.mean((y_true - y_pred) ** 2, axis=-1))

    def backward(self, dvalues, y_true):
        outputs = len(dvalues[0])
        self.dinputs = -2 * (y_true - dvalues) / outputs
        self.dinputs = self.dinputs / len(dvalues)


def build(params):
    return (Layer_Dense(params["weights1"], params["biases1"]), Activation_Sigmoid(),
            Layer_Dense(params["weights2"], params["biases2"]), Loss_MeanSquaredError())


def propagate(dense1, activation1, dense2):
    dense1.forward(samples)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    return dense2.output


def loss(params):
    dense1, activation1, dense2, loss_function = build(params)
    return loss_function.calculate(propagate(dense1, activation1, dense2), y_true)


def gradients(params):
    dense1, activation1, dense2, loss_function = build(params)
    loss_function.backward(propagate(dense1, activation1, dense2), y_true)
    dense2.backward(loss_function.dinputs)
    activation1.backward(dense2.dinputs)
    dense1.backward(activation1.dinputs)
    return {"dweights1": dense1.dweights, "dbiases1": dense1.dbiases, "dweights2": dense2.dweights, "dbiases2": dense2.dbiases}
