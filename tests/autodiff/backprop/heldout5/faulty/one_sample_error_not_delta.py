"""Question of a beginner: the hidden error goes back from the raw error instead of the delta [4b]."""
import numpy as np

# inputs and labels
X = np.array([[0.0, 1.0],
              [0.2, 0.9],
              [1.0, 0.1],
              [0.7, 0.3]])
Y = np.array([[0.1, 0.0, 0.9, 1.0]]).T

np.random.seed(1)
params = {"w_0": 2 * np.random.rand(3, 2) - 1, "w_1": 2 * np.random.rand(1, 3) - 1}


def sigmoid(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def network(x, w_0, w_1):
    inputs = np.array(x, ndmin=2).T
    hidden = sigmoid(np.dot(w_0, inputs))
    output = sigmoid(np.dot(w_1, hidden))
    return inputs, hidden, output


def loss(p):
    total = 0
    for j in range(X.shape[0]):
        inputs, hidden, output = network(X[j], p["w_0"], p["w_1"])
        total += 0.5 * np.sum((output - Y[j]) ** 2)
    return total


def gradients(p):
    w_0, w_1 = p["w_0"], p["w_1"]
    dw_0 = np.zeros_like(w_0)
    dw_1 = np.zeros_like(w_1)
    for j in range(X.shape[0]):
        inputs, hidden, output = network(X[j], w_0, w_1)
        label = np.array(Y[j], ndmin=2).T

        error = output - label
        delta = error * sigmoid(output, True)

        hidden_error = np.dot(w_1.T, error)  # fault: error in place of delta | right: hidden_error = np.dot(w_1.T, delta)
        delta_hidden = hidden_error * sigmoid(hidden, True)

        dw_1 += np.dot(delta, hidden.T)
        dw_0 += np.dot(delta_hidden, inputs.T)
    return {"w_0": dw_0, "w_1": dw_1}
