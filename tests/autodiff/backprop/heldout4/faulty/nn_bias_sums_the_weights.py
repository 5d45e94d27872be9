"""Network with weights_input_hidden names, hidden bias summed over the weight gradient [2d]."""
import numpy as np

np.random.seed(42)

features = np.random.rand(8, 3)
labels = np.random.rand(8, 1)


class NN:
    def __init__(self, weights):
        self.weights_input_hidden = weights["weights_input_hidden"]
        self.bias_hidden = weights["bias_hidden"]
        self.weights_hidden_output = weights["weights_hidden_output"]
        self.bias_output = weights["bias_output"]

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def sigmoid_derivative(self, x):
        # x is already the output of the sigmoid
        return x * (1 - x)

    def feedforward(self, X):
        self.hidden_input = np.dot(X, self.weights_input_hidden) + self.bias_hidden
        self.hidden_output = self.sigmoid(self.hidden_input)
        self.final_input = np.dot(self.hidden_output, self.weights_hidden_output) + self.bias_output
        self.final_output = self.sigmoid(self.final_input)
        return self.final_output

    def backward(self, X, y):
        n = X.shape[0]
        output_error = 2 * (self.final_output - y) / n
        output_delta = output_error * self.sigmoid_derivative(self.final_output)

        hidden_error = output_delta.dot(self.weights_hidden_output.T)
        hidden_delta = hidden_error * self.sigmoid_derivative(self.hidden_output)

        grad_who = self.hidden_output.T.dot(output_delta)
        grad_bo = np.sum(output_delta, axis=0, keepdims=True)
        grad_wih = X.T.dot(hidden_delta)
        grad_bh = np.sum(grad_wih, axis=0, keepdims=True)  # fault: bias from dW, not delta | right: grad_bh = np.sum(hidden_delta, axis=0, keepdims=True)
        return grad_wih, grad_bh, grad_who, grad_bo


def loss(params):
    pred = NN(params).feedforward(features)
    return np.mean((labels - pred) ** 2)


def gradients(params):
    nn = NN(params)
    nn.feedforward(features)
    wih, bh, who, bo = nn.backward(features, labels)
    return {
        "weights_input_hidden": wih,
        "bias_hidden": bh,
        "weights_hidden_output": who,
        "bias_output": bo,
    }


params = {
    "weights_input_hidden": np.random.uniform(-1, 1, (3, 4)),
    "bias_hidden": np.random.uniform(-1, 1, (1, 4)),
    "weights_hidden_output": np.random.uniform(-1, 1, (4, 1)),
    "bias_output": np.random.uniform(-1, 1, (1, 1)),
}
