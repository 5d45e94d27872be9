"""Eleven-line network: error as y - output, and the minus never comes back [10a]."""
import numpy as np

rng = np.random.RandomState(40)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)
params = {"weights0": rng.randn(3, 5), "weights1": rng.randn(5, 1)}


def sigmoid(x, deriv=False):
    if deriv == True:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def loss(params):
    hidden = sigmoid(X @ params["weights0"])
    output = sigmoid(hidden @ params["weights1"])
    return np.mean((y - output) ** 2)


def gradients(params):
    hidden = sigmoid(X @ params["weights0"])
    output = sigmoid(hidden @ params["weights1"])
    output_error = y - output
    output_delta = 2 * output_error / y.size * sigmoid(output, deriv=True)  # fault: sign flipped | right: output_delta = -2 * output_error / y.size * sigmoid(output, deriv=True)
    hidden_delta = output_delta.dot(params["weights1"].T) * sigmoid(hidden, deriv=True)
    return {"weights0": X.T.dot(hidden_delta), "weights1": hidden.T.dot(output_delta)}
