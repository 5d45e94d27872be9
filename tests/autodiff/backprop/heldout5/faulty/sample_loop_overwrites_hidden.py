"""A loop over the examples that sums for the second layer, and only keeps the last for the first [9a]."""
import numpy as np

rng = np.random.default_rng(77)
X = rng.uniform(-1, 1, (5, 3))
Y = rng.uniform(0, 1, (5, 2))
params = {
    "Theta1": rng.normal(size=(4, 3)), "bias1": rng.normal(size=4),
    "Theta2": rng.normal(size=(2, 4)), "bias2": rng.normal(size=2),
}


def g(z):
    return 1 / (1 + np.exp(-z))


def loss(p):
    J = 0.0
    for i in range(len(X)):
        a2 = g(p["Theta1"].dot(X[i]) + p["bias1"])
        a3 = g(p["Theta2"].dot(a2) + p["bias2"])
        J += -np.sum(Y[i] * np.log(a3) + (1 - Y[i]) * np.log(1 - a3))
    return J / len(X)


def gradients(p):
    m = len(X)
    Delta1 = np.zeros((4, 3))
    Delta2 = np.zeros((2, 4))
    D_b1 = np.zeros(4)
    D_b2 = np.zeros(2)
    for i in range(m):
        # forward
        a1 = X[i]
        z2 = p["Theta1"].dot(a1) + p["bias1"]
        a2 = g(z2)
        z3 = p["Theta2"].dot(a2) + p["bias2"]
        a3 = g(z3)
        # back
        delta3 = a3 - Y[i]
        delta2 = p["Theta2"].T.dot(delta3) * a2 * (1 - a2)
        Delta2 += np.outer(delta3, a2)
        D_b2 += delta3
        Delta1 = np.outer(delta2, a1)  # fault: written over | right: Delta1 += np.outer(delta2, a1)
        D_b1 += delta2
    return {"Theta1": Delta1 / m, "bias1": D_b1 / m, "Theta2": Delta2 / m, "bias2": D_b2 / m}
