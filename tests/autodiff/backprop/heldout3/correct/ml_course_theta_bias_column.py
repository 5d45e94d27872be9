"""The digits exercise: bias column in Theta, DELTA summed sample by sample, penalty without the first column."""
import numpy as np

rng = np.random.RandomState(14)
m, lam = 5, 1.5
X = rng.randn(m, 3)
Y = np.eye(3)[rng.randint(0, 3, m)]
params = {"Theta1": rng.randn(4, 4) * 0.6, "Theta2": rng.randn(3, 5) * 0.6}


def g(z):
    return 1 / (1 + np.exp(-z))


def g_prime(z):
    return g(z) * (1 - g(z))


def loss(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    A1 = np.hstack([np.ones((m, 1)), X])
    A2 = np.hstack([np.ones((m, 1)), g(A1 @ Theta1.T)])
    H = g(A2 @ Theta2.T)
    J = np.sum(-Y * np.log(H) - (1 - Y) * np.log(1 - H)) / m
    return J + lam / (2 * m) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))


def gradients(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    DELTA1 = np.zeros(Theta1.shape)
    DELTA2 = np.zeros(Theta2.shape)
    for i in range(m):
        a1 = np.append(1, X[i])
        z2 = Theta1 @ a1
        a2 = np.append(1, g(z2))
        a3 = g(Theta2 @ a2)
        delta3 = a3 - Y[i]
        delta2 = (Theta2.T @ delta3)[1:] * g_prime(z2)
        DELTA2 += delta3[:, None] * a2
        DELTA1 += delta2[:, None] * a1
    Theta1_grad = DELTA1 / m
    Theta2_grad = DELTA2 / m
    Theta1_grad[:, 1:] += lam / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += lam / m * Theta2[:, 1:]
    return {"Theta1_grad": Theta1_grad, "Theta2_grad": Theta2_grad}
