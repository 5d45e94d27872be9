"""Row samples, sum of squares: the hidden bias gets the mean over the samples [2a]."""
import numpy as np

rng = np.random.default_rng(6)
inputs = rng.uniform(-1, 1, size=(5, 2))
targets = rng.uniform(-1, 1, size=(5, 1))
params = {"w_ih": rng.normal(size=(2, 4)), "b_h": rng.normal(size=4), "w_ho": rng.normal(size=(4, 1)), "b_o": rng.normal(size=1)}


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def loss(params):
    hidden = sigmoid(inputs @ params["w_ih"] + params["b_h"])
    output = hidden @ params["w_ho"] + params["b_o"]
    return 0.5 * ((targets - output) ** 2).sum()


def gradients(params):
    hidden = sigmoid(inputs @ params["w_ih"] + params["b_h"])
    output = hidden @ params["w_ho"] + params["b_o"]
    error = output - targets
    grad_w_ho = hidden.T @ error
    grad_b_o = error.sum(axis=0)
    delta_h = (error @ params["w_ho"].T) * hidden * (1 - hidden)
    grad_w_ih = inputs.T @ delta_h
    grad_b_h = delta_h.mean(axis=0)  # fault: mean in place of sum | right: grad_b_h = delta_h.sum(axis=0)
    return {"w_ih": grad_w_ih, "b_h": grad_b_h, "w_ho": grad_w_ho, "b_o": grad_b_o}
