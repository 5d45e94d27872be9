"""Delta was made a mean at the output already, and W1 divides by the batch once more [1c]."""
import numpy as np

rng = np.random.default_rng(12)
inputs = rng.normal(size=(8, 3))
targets = rng.normal(size=(8, 2))
params = {
    "W1": rng.normal(size=(3, 4)), "b1": rng.normal(size=4),
    "W2": rng.normal(size=(4, 2)), "b2": rng.normal(size=2),
}


def tanh_derivative(a):
    return 1 - a ** 2


def feed_forward(p):
    hidden = np.tanh(inputs @ p["W1"] + p["b1"])
    prediction = hidden @ p["W2"] + p["b2"]
    return hidden, prediction


def loss(p):
    _, prediction = feed_forward(p)
    return np.sum((prediction - targets) ** 2) / len(inputs)


def gradients(p):
    batch_size = len(inputs)
    hidden, prediction = feed_forward(p)

    # the derivative of the mean squared error
    error = 2 * (prediction - targets) / batch_size

    grad_W2 = hidden.T @ error
    grad_b2 = error.sum(axis=0)

    hidden_error = error @ p["W2"].T * tanh_derivative(hidden)
    grad_W1 = inputs.T @ hidden_error / batch_size  # fault: divided again | right: grad_W1 = inputs.T @ hidden_error
    grad_b1 = hidden_error.sum(axis=0)

    return {"grad_W1": grad_W1, "grad_b1": grad_b1, "grad_W2": grad_W2, "grad_b2": grad_b2}
