"""Coursera's ex4: unrolled thetas, loop over samples into Deltas, one division and a zeroed column at the end."""
import numpy as np

rs = np.random.RandomState(44)
s1, s2, K, m = 2, 3, 3, 5
X = rs.randn(m, s1)
y = np.array([2, 1, 3, 3, 1])
lam = 0.8
params = {"nn_params": rs.uniform(-0.9, 0.9, s2 * (s1 + 1) + K * (s2 + 1))}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoidGradient(z):
    return sigmoid(z) * (1 - sigmoid(z))


def nnCostFunction(nn_params):
    Theta1 = np.reshape(nn_params[: s2 * (s1 + 1)], (s2, s1 + 1), order="F")
    Theta2 = np.reshape(nn_params[s2 * (s1 + 1) :], (K, s2 + 1), order="F")
    J = 0
    Theta1_grad = np.zeros(Theta1.shape)
    Theta2_grad = np.zeros(Theta2.shape)
    for i in range(m):
        a_1 = np.concatenate(([1], X[i]))[:, np.newaxis]
        z_2 = Theta1.dot(a_1)
        a_2 = np.vstack(([[1]], sigmoid(z_2)))
        h = sigmoid(Theta2.dot(a_2))
        yv = (np.arange(1, K + 1) == y[i]).astype(float)[:, np.newaxis]
        J -= (yv.T.dot(np.log(h)) + (1 - yv).T.dot(np.log(1 - h))).item()
        d_3 = h - yv
        d_2 = Theta2.T.dot(d_3) * np.vstack(([[1]], sigmoidGradient(z_2)))
        d_2 = d_2[1:]
        Theta1_grad = Theta1_grad + d_2.dot(a_1.T)
        Theta2_grad = Theta2_grad + d_3.dot(a_2.T)
    reg1, reg2 = Theta1.copy(), Theta2.copy()
    reg1[:, 0] = 0
    reg2[:, 0] = 0
    J = J / m + lam / (2 * m) * (np.sum(reg1**2) + np.sum(reg2**2))
    Theta1_grad = Theta1_grad / m + lam / m * reg1
    Theta2_grad = Theta2_grad / m + lam / m * reg2
    grad = np.hstack((Theta1_grad.ravel(order="F"), Theta2_grad.ravel(order="F")))
    return J, grad


def loss(params):
    return nnCostFunction(params["nn_params"])[0]


def gradients(params):
    return {"nn_params": nnCostFunction(params["nn_params"])[1]}
