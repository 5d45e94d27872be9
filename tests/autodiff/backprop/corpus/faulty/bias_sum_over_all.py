"""Course style, columns: db1 summed over every axis, a scalar that broadcasts in the update [2b]."""
import numpy as np

rng = np.random.RandomState(7)
X, Y = rng.randn(2, 5), (rng.rand(1, 5) > 0.4).astype(float)
params = {"W1": rng.randn(3, 2), "b1": rng.randn(3, 1), "W2": rng.randn(1, 3), "b2": rng.randn(1, 1)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params):
    Z1 = params["W1"].dot(X) + params["b1"]
    A1 = np.where(Z1 > 0, Z1, 0)
    Z2 = params["W2"].dot(A1) + params["b2"]
    return Z1, A1, Z2, sigmoid(Z2)


def loss(params):
    A2 = forward(params)[-1]
    logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    return -logprobs.mean()


def gradients(params):
    Z1, A1, Z2, A2 = forward(params)
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2.dot(A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = params["W2"].T.dot(dZ2)
    dZ1 = np.where(Z1 > 0, dA1, 0)
    dW1 = dZ1.dot(X.T) / m
    db1 = np.sum(dZ1) / m  # fault: sum over all axes | right: db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
