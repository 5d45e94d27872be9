"""Two-layer class on a truth table, the factor of the square forgotten for one of the two matrices [1a]."""
import numpy as np


def sigmoid(x):
    return 1.0 / (1 + np.exp(-x))


def sigmoid_derivative(s):
    return s * (1.0 - s)


class NeuralNetwork:
    def __init__(self, x, y, w1, w2):
        self.input = x
        self.weights1 = w1
        self.weights2 = w2
        self.y = y
        self.output = np.zeros(y.shape)

    def feedforward(self):
        self.layer1 = sigmoid(np.dot(self.input, self.weights1))
        self.output = sigmoid(np.dot(self.layer1, self.weights2))
        return self.output

    def backprop(self):
        # chain rule for both weight matrices
        d_weights2 = np.dot(self.layer1.T, (self.output - self.y) * sigmoid_derivative(self.output))  # fault: factor 2 of the square missing | right: d_weights2 = np.dot(self.layer1.T, 2 * (self.output - self.y) * sigmoid_derivative(self.output))
        d_weights1 = np.dot(
            self.input.T,
            np.dot(2 * (self.output - self.y) * sigmoid_derivative(self.output), self.weights2.T)
            * sigmoid_derivative(self.layer1),
        )
        return d_weights1, d_weights2


X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)

rng = np.random.RandomState(3)
params = {"weights1": rng.rand(3, 4), "weights2": rng.rand(4, 1)}


def loss(params):
    nn = NeuralNetwork(X, y, params["weights1"], params["weights2"])
    return np.sum((nn.y - nn.feedforward()) ** 2)


def gradients(params):
    nn = NeuralNetwork(X, y, params["weights1"], params["weights2"])
    nn.feedforward()
    g1, g2 = nn.backprop()
    return {"weights1": g1, "weights2": g2}
