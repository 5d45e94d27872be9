"""dZ is not divided; 1/m and the decay come with each dW of a leaky network."""
import numpy as np

np.random.seed(2)
lambd = 0.4
X = np.random.randn(3, 6)
Y = np.array([[1, 0, 0, 1, 1, 0]])
params = {
    "W1": np.random.randn(4, 3), "b1": np.random.randn(4, 1),
    "W2": np.random.randn(3, 4), "b2": np.random.randn(3, 1),
    "W3": np.random.randn(1, 3), "b3": np.random.randn(1, 1),
}


def leaky(Z):
    return np.where(Z > 0, Z, 0.01 * Z)


def forward(p):
    Z1 = np.dot(p["W1"], X) + p["b1"]
    A1 = leaky(Z1)
    Z2 = np.dot(p["W2"], A1) + p["b2"]
    A2 = leaky(Z2)
    Z3 = np.dot(p["W3"], A2) + p["b3"]
    A3 = 1 / (1 + np.exp(-Z3))
    return Z1, A1, Z2, A2, Z3, A3


def loss(p):
    m = Y.shape[1]
    A3 = forward(p)[-1]
    cost = -1.0 / m * np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    cost += lambd / (2 * m) * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2) + np.sum(p["W3"] ** 2))
    return cost


def gradients(p):
    m = X.shape[1]
    Z1, A1, Z2, A2, Z3, A3 = forward(p)
    dZ3 = A3 - Y
    dW3 = 1.0 / m * (np.dot(dZ3, A2.T) + lambd * p["W3"])
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dZ2 = np.dot(p["W3"].T, dZ3)
    dZ2[A2 <= 0] *= 0.01
    dW2 = 1.0 / m * (np.dot(dZ2, A1.T) + lambd * p["W2"])
    db2 = np.mean(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(p["W2"].T, dZ2)
    dZ1[A1 <= 0] *= 0.01
    dW1 = 1.0 / m * (np.dot(dZ1, X.T) + lambd * p["W1"])
    db1 = np.mean(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
