"""Regression net; the hidden bias got the whole delta matrix and broadcasting hid it in the update [2e]."""
import numpy as np

rng = np.random.RandomState(0)
x_data = rng.uniform(-1, 1, (6, 2))
y_data = np.sin(x_data[:, :1]) + x_data[:, 1:] ** 2

input_size, hidden_size, output_size = 2, 4, 1
params = {
    "W1": rng.normal(0, 0.7, (input_size, hidden_size)),
    "b1": rng.normal(0, 0.2, (1, hidden_size)),
    "W2": rng.normal(0, 0.7, (hidden_size, output_size)),
    "b2": rng.normal(0, 0.2, (1, output_size)),
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(p, x):
    hidden_in = np.dot(x, p["W1"]) + p["b1"]
    hidden_out = sigmoid(hidden_in)
    y_pred = np.dot(hidden_out, p["W2"]) + p["b2"]
    return hidden_out, y_pred


def loss(params):
    _, y_pred = forward(params, x_data)
    return np.mean((y_pred - y_data) ** 2)


def gradients(params):
    hidden_out, y_pred = forward(params, x_data)
    n = x_data.shape[0]

    d_pred = 2 * (y_pred - y_data) / n
    grad_W2 = np.dot(hidden_out.T, d_pred)
    grad_b2 = np.sum(d_pred, axis=0, keepdims=True)

    d_hidden = np.dot(d_pred, params["W2"].T)
    d_hidden_in = d_hidden * hidden_out * (1 - hidden_out)
    grad_W1 = np.dot(x_data.T, d_hidden_in)
    grad_b1 = d_hidden_in  # fault: not reduced | right: grad_b1 = np.sum(d_hidden_in, axis=0, keepdims=True)

    return {"grad_W1": grad_W1, "grad_b1": grad_b1, "grad_W2": grad_W2, "grad_b2": grad_b2}
