"""Probabilities recomputed down the batch for the gradient, and a W without its .T [6a, 7c, 10c]."""
import numpy as np

rs = np.random.RandomState(17)
images = rs.rand(8, 6)
digits = np.eye(4)[rs.randint(0, 4, 8)]
params = {
    "w1": rs.randn(6, 5), "b1": rs.randn(5),
    "w2": rs.randn(5, 5), "b2": rs.randn(5),
    "w3": rs.randn(5, 4), "b3": rs.randn(4),
}


def softmax(scores, axis=-1):
    e = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def scores_of(p):
    h1 = np.tanh(images @ p["w1"] + p["b1"])
    h2 = np.tanh(h1 @ p["w2"] + p["b2"])
    return h1, h2, h2 @ p["w3"] + p["b3"]


def loss(p):
    scores = scores_of(p)[2]
    return -np.sum(digits * np.log(softmax(scores))) / len(images)


def gradients(p):
    h1, h2, scores = scores_of(p)
    grads = {}
    y_hat = softmax(scores, axis=0)  # fault: normalised over the batch | right: y_hat = softmax(scores, axis=1)
    delta = (y_hat - digits) / len(images)
    grads["w3"], grads["b3"] = h2.T @ delta, delta.sum(0)
    delta = (delta @ p["w3"].T) * (1 - h2 ** 2)
    grads["w2"], grads["b2"] = h1.T @ delta, delta.sum(0)
    delta = (delta @ p["w2"]) * (1 - h1 ** 2)  # fault: w2 as it is | right: delta = (delta @ p["w2"].T) * (1 - h1 ** 2)
    grads["w1"], grads["b1"] = images.T @ delta, delta.sum(0)
    return grads
