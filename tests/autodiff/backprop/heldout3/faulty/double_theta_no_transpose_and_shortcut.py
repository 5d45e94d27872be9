"""SGD epoch that gives back its steps; out - y under a squared error and a theta that isn't turned [6a, 7a, 10c]."""
import numpy as np

alpha = 0.05
rs = np.random.RandomState(10)
examples = rs.randn(5, 4)
answers = rs.rand(5, 2)
params = {
    "theta1": rs.randn(4, 4),
    "theta2": rs.randn(4, 4),
    "theta3": rs.randn(2, 4),
}


def g(z):
    return 1 / (1 + np.exp(-z))


def loss(params):
    J = 0
    for x, y in zip(examples, answers):
        a2 = g(params["theta1"] @ x)
        a3 = g(params["theta2"] @ a2)
        h = g(params["theta3"] @ a3)
        J += np.sum((h - y) ** 2) / 2
    return J


def gradients(params):
    theta1, theta2, theta3 = params["theta1"], params["theta2"], params["theta3"]
    step1, step2, step3 = np.zeros((4, 4)), np.zeros((4, 4)), np.zeros((2, 4))
    for x, y in zip(examples, answers):
        a2 = g(theta1 @ x)
        a3 = g(theta2 @ a2)
        h = g(theta3 @ a3)
        delta4 = h - y  # fault: shortcut of cross-entropy | right: delta4 = (h - y) * h * (1 - h)
        delta3 = (theta3.T @ delta4) * a3 * (1 - a3)
        delta2 = (theta2 @ delta3) * a2 * (1 - a2)  # fault: transpose missing | right: delta2 = (theta2.T @ delta3) * a2 * (1 - a2)
        step3 -= alpha * np.outer(delta4, a3)
        step2 -= alpha * np.outer(delta3, a2)
        step1 -= alpha * np.outer(delta2, x)
    theta1 += step1
    theta2 += step2
    theta3 += step3
    return {"theta1": -step1 / alpha, "theta2": -step2 / alpha, "theta3": -step3 / alpha}
