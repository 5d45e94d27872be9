"""Two hidden layers of the same width with column vectors, one transpose less than needed [6a]."""
import numpy as np

np.random.seed(33)
xs = np.random.randn(4, 3, 1)
ts = np.random.randn(4, 2, 1)
theta1 = np.random.randn(4, 3) * 0.7
theta2 = np.random.randn(4, 4) * 0.7
theta3 = np.random.randn(2, 4) * 0.7
params = {"theta1": theta1, "theta2": theta2, "theta3": theta3}


def g(z):
    return 1 / (1 + np.exp(-z))


def loss(params):
    J = 0
    for x, t in zip(xs, ts):
        a = x
        for name in ("theta1", "theta2"):
            a = g(params[name] @ a)
        h = params["theta3"] @ a
        J += 0.5 * np.sum((h - t) ** 2)
    return J / len(xs)


def gradients(params):
    theta1, theta2, theta3 = params["theta1"], params["theta2"], params["theta3"]
    Delta1 = np.zeros(theta1.shape)
    Delta2 = np.zeros(theta2.shape)
    Delta3 = np.zeros(theta3.shape)
    m = len(xs)
    for x, t in zip(xs, ts):
        # forward
        a1 = x
        a2 = g(theta1 @ a1)
        a3 = g(theta2 @ a2)
        a4 = theta3 @ a3
        # backward
        d4 = a4 - t
        d3 = (theta3.T @ d4) * a3 * (1 - a3)
        d2 = (theta2 @ d3) * a2 * (1 - a2)  # fault: theta2 not transposed | right: d2 = (theta2.T @ d3) * a2 * (1 - a2)
        Delta1 += d2 @ a1.T
        Delta2 += d3 @ a2.T
        Delta3 += d4 @ a3.T
    return {"theta1": Delta1 / m, "theta2": Delta2 / m, "theta3": Delta3 / m}
