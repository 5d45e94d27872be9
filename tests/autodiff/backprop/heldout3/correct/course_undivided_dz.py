"""dZ stays a sum over the batch, 1/m comes in with dW and db; names in capitals forward and small backward."""
import numpy as np

np.random.seed(2)
X = np.random.randn(3, 6)
Y = np.eye(3)[[0, 2, 1, 1, 0, 2]].T
params = {
    "W1": np.random.randn(4, 3), "b1": np.random.randn(4, 1),
    "W2": np.random.randn(3, 4), "b2": np.random.randn(3, 1),
}


def forward(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    E = np.exp(Z2 - Z2.max(axis=0, keepdims=True))
    A2 = E / E.sum(axis=0, keepdims=True)
    return Z1, A1, Z2, A2


def loss(params):
    A2 = forward(X, params)[-1]
    return -np.sum(np.multiply(Y, np.log(A2))) / X.shape[1]


def gradients(params):
    z1, a1, z2, a2 = forward(X, params)
    m = X.shape[1]
    dz2 = a2 - Y
    dw2 = (1. / m) * np.dot(dz2, a1.T)
    db2 = (1. / m) * np.sum(dz2, axis=1, keepdims=True)
    dz1 = np.multiply(np.dot(params["W2"].T, dz2), 1 - np.power(a1, 2))
    dw1 = (1. / m) * np.dot(dz1, X.T)
    db1 = (1. / m) * np.sum(dz1, axis=1, keepdims=True)
    return {"dW1": dw1, "db1": db1, "dW2": dw2, "db2": db2}
