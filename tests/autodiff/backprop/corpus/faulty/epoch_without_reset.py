"""Two epochs in one call: the second epoch adds to the first one's sums [9a]."""
import numpy as np

rng = np.random.default_rng(91)
X, y = rng.normal(size=(6, 2)), np.array([0.0, 1, 1, 0, 1, 1])
params = {"w_h": rng.normal(size=(3, 2)), "w_o": rng.normal(size=3)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(p):
    out = sigmoid(sigmoid(X @ p["w_h"].T) @ p["w_o"])
    return np.sum((out - y) ** 2) / 2


def gradients(p, epochs=2):
    delta_w_h = np.zeros_like(p["w_h"])
    delta_w_o = np.zeros_like(p["w_o"])
    for epoch in range(epochs):
        delta_w_o = np.zeros_like(p["w_o"])
        for xi, yi in zip(X, y):
            hidden = sigmoid(p["w_h"] @ xi)
            output = sigmoid(p["w_o"] @ hidden)
            error_term = (output - yi) * output * (1 - output)
            delta_w_o += error_term * hidden
            hidden_term = error_term * p["w_o"] * hidden * (1 - hidden)
            delta_w_h += np.outer(hidden_term, xi)  # fault: sums of the last epoch not reset | right: delta_w_h += np.outer(hidden_term, xi) * (epoch == epochs - 1)
    return {"w_h": delta_w_h, "w_o": delta_w_o}
