"""Coursera's ex4, vectorised, lambda: the gradient regularises Theta1's bias column, the cost doesn't [9b]."""
import numpy as np

rng = np.random.default_rng(2011)
m, lam = 6, 1.5
X = np.c_[np.ones((m, 1)), rng.normal(size=(m, 3))]
Y = np.eye(3)[rng.integers(0, 3, m)]
params = {"Theta1": rng.normal(size=(4, 4)) * 0.8, "Theta2": rng.normal(size=(3, 5)) * 0.8}


def g(z):
    return 1 / (1 + np.exp(-z))


def feed(Theta1, Theta2):
    z2 = X @ Theta1.T
    a2 = np.c_[np.ones((m, 1)), g(z2)]
    return z2, a2, g(a2 @ Theta2.T)


def loss(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    _, _, H = feed(Theta1, Theta2)
    J = -(1 / m) * np.sum(Y * np.log(H) + (1 - Y) * np.log(1 - H))
    return J + lam / (2 * m) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))


def gradients(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    z2, a2, H = feed(Theta1, Theta2)
    d3 = H - Y
    d2 = (d3 @ Theta2[:, 1:]) * g(z2) * (1 - g(z2))
    Theta1_grad = d2.T @ X / m
    Theta2_grad = d3.T @ a2 / m
    Theta1_grad += lam / m * Theta1  # fault: bias column regularised | right: Theta1_grad[:, 1:] += lam / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += lam / m * Theta2[:, 1:]
    return {"Theta1_grad": Theta1_grad, "Theta2_grad": Theta2_grad}
