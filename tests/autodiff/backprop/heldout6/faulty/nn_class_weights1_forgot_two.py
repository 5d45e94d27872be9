"""The well-known NeuralNetwork(x, y) class; the 2 of the square is in the output's line only [1a]."""
import numpy as np


def sigmoid(x):
    return 1.0 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    # x is already sigmoid(x)
    return x * (1.0 - x)


class NeuralNetwork:
    def __init__(self, x, y, params):
        self.input = x
        self.weights1 = params["weights1"].copy()
        self.weights2 = params["weights2"].copy()
        self.y = y
        self.output = np.zeros(self.y.shape)

    def feedforward(self):
        self.layer1 = sigmoid(np.dot(self.input, self.weights1))
        self.output = sigmoid(np.dot(self.layer1, self.weights2))
        return self.output

    def backprop(self):
        # chain rule, loss = sum of squares
        d_weights2 = np.dot(self.layer1.T, 2 * (self.y - self.output) * sigmoid_derivative(self.output))
        back = np.dot((self.y - self.output) * sigmoid_derivative(self.output), self.weights2.T)  # fault: the 2 of the square is missing in the hidden layer | right: back = np.dot(2 * (self.y - self.output) * sigmoid_derivative(self.output), self.weights2.T)
        d_weights1 = np.dot(self.input.T, back * sigmoid_derivative(self.layer1))

        # update the weights with the slope of the loss
        self.weights1 += d_weights1
        self.weights2 += d_weights2


X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
Y = np.array([[0], [1], [1], [0]], dtype=float)
np.random.seed(3)
params = {"weights1": np.random.rand(3, 4), "weights2": np.random.rand(4, 1)}


def loss(params):
    nn = NeuralNetwork(X, Y, params)
    return np.sum((Y - nn.feedforward()) ** 2)


def gradients(params):
    nn = NeuralNetwork(X, Y, params)
    nn.feedforward()
    nn.backprop()
    return {name: params[name] - getattr(nn, name) for name in params}
