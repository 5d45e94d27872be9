"""The forward pass standardises the inputs, the backward pass takes them raw for the first weights [5b]."""
import numpy as np

r = np.random.RandomState(8)
X = r.rand(8, 3) * 5 + 2
y = r.rand(8, 1)
mu = X.mean(axis=0)
sd = X.std(axis=0)

params = {
    "theta1": r.randn(3, 4) * 0.5,
    "bias1": r.randn(4) * 0.1,
    "theta2": r.randn(4, 1) * 0.5,
    "bias2": r.randn(1) * 0.1,
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(X, params):
    Xn = (X - mu) / sd
    z1 = Xn.dot(params["theta1"]) + params["bias1"]
    a1 = sigmoid(z1)
    z2 = a1.dot(params["theta2"]) + params["bias2"]
    return z1, a1, z2


def loss(params):
    z1, a1, out = forward(X, params)
    return np.sum((out - y) ** 2) / (2 * len(y))


def gradients(params):
    m = len(y)
    z1, a1, out = forward(X, params)
    delta2 = out - y
    gradient2 = a1.T.dot(delta2) / m
    gb2 = delta2.sum(axis=0) / m
    delta1 = delta2.dot(params["theta2"].T) * sigmoid(z1) * (1 - sigmoid(z1))
    gradient1 = X.T.dot(delta1) / m  # fault: raw inputs | right: gradient1 = ((X - mu) / sd).T.dot(delta1) / m
    gb1 = delta1.sum(axis=0) / m
    return {"theta1_grad": gradient1, "bias1_grad": gb1, "theta2_grad": gradient2, "bias2_grad": gb2}
