"""Theta with the bias in the first column, loop over examples, Deltas divided and regularized at the end."""
import numpy as np

np.random.seed(33)
m, lam = 5, 0.7
X = np.random.randn(m, 3)
Y = np.eye(3)[np.random.randint(0, 3, m)]
params = {"Theta1": np.random.uniform(-0.8, 0.8, (4, 4)), "Theta2": np.random.uniform(-0.8, 0.8, (3, 5))}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoidGradient(z):
    return sigmoid(z) * (1 - sigmoid(z))


def loss(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    J = 0
    for i in range(m):
        a1 = np.append(1, X[i])
        a2 = np.append(1, sigmoid(Theta1 @ a1))
        h = sigmoid(Theta2 @ a2)
        J += np.sum(-Y[i] * np.log(h) - (1 - Y[i]) * np.log(1 - h))
    reg = np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2)
    return J / m + lam / (2 * m) * reg


def gradients(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    Delta1 = np.zeros(Theta1.shape)
    Delta2 = np.zeros(Theta2.shape)
    for i in range(m):
        a1 = np.append(1, X[i])
        z2 = Theta1 @ a1
        a2 = np.append(1, sigmoid(z2))
        a3 = sigmoid(Theta2 @ a2)
        d3 = a3 - Y[i]
        d2 = (Theta2.T @ d3)[1:] * sigmoidGradient(z2)
        Delta2 = Delta2 + np.outer(d3, a2)
        Delta1 = Delta1 + np.outer(d2, a1)
    Theta1_grad = Delta1 / m
    Theta2_grad = Delta2 / m
    Theta1_grad[:, 1:] += lam / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += lam / m * Theta2[:, 1:]
    return {"Theta1_grad": Theta1_grad, "Theta2_grad": Theta2_grad}
