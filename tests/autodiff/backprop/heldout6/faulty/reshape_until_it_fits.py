"""Shapes did not align, so the weights were reshaped until they did [6b]."""
import numpy as np


class SimpleNet:
    def __init__(self, p):
        self.weights_input_hidden = p["weights_input_hidden"]
        self.weights_hidden_output = p["weights_hidden_output"]

    @staticmethod
    def softmax(z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def forward(self, X):
        self.X = X
        self.hidden_input = np.dot(X, self.weights_input_hidden)
        self.hidden_output = np.tanh(self.hidden_input)
        self.final = self.softmax(np.dot(self.hidden_output, self.weights_hidden_output))
        return self.final

    def backward(self, T):
        hidden_size, output_size = self.weights_hidden_output.shape
        d_output = (self.final - T) / T.shape[0]
        grad_who = np.dot(self.hidden_output.T, d_output)
        d_hidden = np.dot(d_output, self.weights_hidden_output.reshape(output_size, hidden_size))  # fault: reshape is no transpose | right: d_hidden = np.dot(d_output, self.weights_hidden_output.T)
        d_hidden *= 1 - self.hidden_output ** 2
        grad_wih = np.dot(self.X.T, d_hidden)
        return grad_wih, grad_who


np.random.seed(55)
X = np.random.randn(6, 4)
labels = np.array([0, 1, 2, 2, 1, 0])
T = np.zeros((6, 3))
T[np.arange(6), labels] = 1
params = {"weights_input_hidden": np.random.randn(4, 5) * 0.5, "weights_hidden_output": np.random.randn(5, 3) * 0.5}


def loss(p):
    prediction = SimpleNet(p).forward(X)
    return -np.mean(np.log(prediction[np.arange(6), labels]))


def gradients(p):
    net = SimpleNet(p)
    net.forward(X)
    a, b = net.backward(T)
    return {"weights_input_hidden": a, "weights_hidden_output": b}
