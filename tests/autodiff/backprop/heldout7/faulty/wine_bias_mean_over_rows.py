"""Two layers on rows of wines; the loss is a sum, but the hidden bias takes the mean of its deltas [2a]."""
import numpy as np

gen = np.random.default_rng(71)
wines = gen.normal(size=(8, 5))
quality = gen.normal(size=8)
params = {
    "hidden_w": gen.normal(size=(5, 3)) * 0.5,
    "hidden_b": gen.normal(size=3) * 0.1,
    "out_w": gen.normal(size=3),
    "out_b": np.array([0.2]),
}


def predict(p):
    hidden = np.tanh(wines @ p["hidden_w"] + p["hidden_b"])
    return hidden, hidden @ p["out_w"] + p["out_b"]


def loss(p):
    return 0.5 * np.sum((predict(p)[1] - quality) ** 2)


def gradients(p):
    hidden, guess = predict(p)
    off = guess - quality
    back = off[:, None] * p["out_w"] * (1 - hidden**2)
    grads = {"out_w": hidden.T @ off, "out_b": np.array([off.sum()]), "hidden_w": wines.T @ back}
    grads["hidden_b"] = back.mean(axis=0)  # fault: mean for sum | right: grads["hidden_b"] = back.sum(axis=0)
    return grads
