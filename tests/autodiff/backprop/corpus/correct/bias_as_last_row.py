"""Rows with a column of ones appended: the bias is the weights' last row."""
import numpy as np

rng = np.random.RandomState(132)
X, Y = rng.randn(6, 2), rng.randn(6, 1)
params = {"theta1": rng.randn(3, 4), "theta2": rng.randn(5, 1)}


def with_ones(a):
    return np.hstack([a, np.ones((a.shape[0], 1))])


def forward(p):
    a1 = with_ones(X)
    z2 = a1 @ p["theta1"]
    a2 = with_ones(np.tanh(z2))
    return a1, a2, a2 @ p["theta2"]


def loss(p):
    return np.sum((forward(p)[2] - Y) ** 2) / (2 * len(X))


def gradients(p):
    a1, a2, a3 = forward(p)
    delta3 = a3 - Y
    delta2 = (delta3 @ p["theta2"].T) * (1 - a2**2)
    delta2 = delta2[:, :-1]
    theta1_grad = a1.T @ delta2 / len(X)
    theta2_grad = a2.T @ delta3 / len(X)
    return {"theta1_grad": theta1_grad, "theta2_grad": theta2_grad}
