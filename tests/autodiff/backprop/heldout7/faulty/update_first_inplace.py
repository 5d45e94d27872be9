"""The step is done in place layer by layer, so the hidden error sees the new weights [5c]."""
import numpy as np

np.random.seed(6)
lr = 0.5
X = np.random.randn(5, 3)
y = np.random.rand(5, 2)
params = {"weights_input_hidden": np.random.randn(3, 4), "weights_hidden_output": np.random.randn(4, 2)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(params):
    hidden = sigmoid(X @ params["weights_input_hidden"])
    return hidden, sigmoid(hidden @ params["weights_hidden_output"])


def loss(params):
    _, out = forward(params)
    return 0.5 * np.sum((y - out) ** 2)


def gradients(params):
    hidden, out = forward(params)
    w1 = params["weights_input_hidden"].copy()
    w2 = params["weights_hidden_output"].copy()
    old_w2 = w2.copy()
    output_term = (out - y) * out * (1 - out)
    grad_out = hidden.T @ output_term
    w2 -= lr * grad_out
    hidden_error = output_term @ w2.T  # fault: weights after the step | right: hidden_error = output_term @ old_w2.T
    hidden_term = hidden_error * hidden * (1 - hidden)
    grad_in = X.T @ hidden_term
    w1 -= lr * grad_in
    return {"weights_input_hidden": grad_in, "weights_hidden_output": grad_out}
