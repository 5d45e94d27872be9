"""Ng's exercise, rows with a column of ones: Theta2's last column is stripped in place of the bias's [5b]."""
import numpy as np

rng = np.random.RandomState(82)
X, Y = rng.randn(6, 2), rng.rand(6, 1)
params = {"Theta1": rng.randn(4, 3), "Theta2": rng.randn(1, 5)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(p):
    a1 = np.column_stack([np.ones(6), X])
    z2 = a1 @ p["Theta1"].T
    a2 = np.column_stack([np.ones(6), sigmoid(z2)])
    return a1, z2, a2, sigmoid(a2 @ p["Theta2"].T)


def loss(p):
    h = forward(p)[3]
    return np.sum(-Y * np.log(h) - (1 - Y) * np.log(1 - h)) / 6


def gradients(p):
    a1, z2, a2, a3 = forward(p)
    delta3 = a3 - Y
    back = delta3 @ p["Theta2"][:, :-1]  # fault: the last column stripped in place of the bias's | right: back = delta3 @ p["Theta2"][:, 1:]
    delta2 = back * sigmoid(z2) * (1 - sigmoid(z2))
    Theta1_grad = delta2.T @ a1 / 6
    Theta2_grad = delta3.T @ a2 / 6
    return {"Theta1_grad": Theta1_grad, "Theta2_grad": Theta2_grad}
