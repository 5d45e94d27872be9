"""Port of a MATLAB exercise, with a loop over examples, Delta accumulators and regularisation off the bias."""
import numpy as np

rng = np.random.RandomState(303)
X, y, lambda_ = rng.randn(6, 2), np.array([0, 1, 2, 1, 0, 2]), 0.5
params = {"Theta1": rng.randn(4, 3), "Theta2": rng.randn(3, 5)}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def loss(params):
    m = X.shape[0]
    a2 = sigmoid(np.c_[np.ones(m), X] @ params["Theta1"].T)
    h = sigmoid(np.c_[np.ones(m), a2] @ params["Theta2"].T)
    Y = np.eye(3)[y]
    J = np.sum(-Y * np.log(h) - (1 - Y) * np.log(1 - h)) / m
    return J + lambda_ / (2 * m) * (np.sum(params["Theta1"][:, 1:] ** 2) + np.sum(params["Theta2"][:, 1:] ** 2))


def gradients(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    m = X.shape[0]
    Delta1, Delta2 = np.zeros(Theta1.shape), np.zeros(Theta2.shape)
    for t in range(m):
        a_1 = np.r_[1, X[t]]
        z_2 = Theta1 @ a_1
        a_2 = np.r_[1, sigmoid(z_2)]
        a_3 = sigmoid(Theta2 @ a_2)
        delta_3 = a_3 - (np.arange(3) == y[t])
        delta_2 = (Theta2.T @ delta_3)[1:] * sigmoid(z_2) * (1 - sigmoid(z_2))
        Delta1 += np.outer(delta_2, a_1)
        Delta2 += np.outer(delta_3, a_2)
    Delta1 /= m
    Delta2 /= m
    Delta1[:, 1:] += lambda_ / m * Theta1[:, 1:]
    Delta2[:, 1:] += lambda_ / m * Theta2[:, 1:]
    return {"Theta1_grad": Delta1, "Theta2_grad": Delta2}
