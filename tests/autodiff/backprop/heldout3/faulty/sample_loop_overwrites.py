"""Loop over the samples: one of the four sums is written over at each sample [9a]."""
import numpy as np

np.random.seed(6)
m = 5
X = np.random.randn(m, 3)
Y = np.random.randn(m, 2)
params = {
    "theta1": np.random.randn(4, 3),
    "b1": np.random.randn(4),
    "theta2": np.random.randn(2, 4),
    "b2": np.random.randn(2),
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def hypothesis(p, x):
    a2 = sigmoid(p["theta1"].dot(x) + p["b1"])
    a3 = p["theta2"].dot(a2) + p["b2"]
    return a2, a3


def loss(params):
    J = 0
    for i in range(m):
        _, a3 = hypothesis(params, X[i])
        J += np.sum((a3 - Y[i]) ** 2)
    return J / (2 * m)


def gradients(params):
    Delta1 = np.zeros_like(params["theta1"])
    Delta2 = np.zeros_like(params["theta2"])
    db1 = np.zeros_like(params["b1"])
    db2 = np.zeros_like(params["b2"])
    for i in range(m):
        a2, a3 = hypothesis(params, X[i])
        delta3 = a3 - Y[i]
        delta2 = params["theta2"].T.dot(delta3) * a2 * (1 - a2)
        Delta2 += np.outer(delta3, a2)
        Delta1 = np.outer(delta2, X[i])  # fault: written over | right: Delta1 += np.outer(delta2, X[i])
        db2 += delta3
        db1 += delta2
    return {"theta1_grad": Delta1 / m, "theta2_grad": Delta2 / m, "b1_grad": db1 / m, "b2_grad": db2 / m}
