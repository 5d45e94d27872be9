"""Both hidden layers have the same width, so A2 in place of A1 raised no error [5a]."""
import numpy as np

np.random.seed(42)
X = np.random.randn(5, 8)
Y = np.eye(3)[np.random.randint(0, 3, 8)].T
n_h = 4
params = {
    "W1": np.random.randn(n_h, 5) * np.sqrt(2 / 5), "b1": np.full((n_h, 1), 0.1),
    "W2": np.random.randn(n_h, n_h) * np.sqrt(2 / n_h), "b2": np.full((n_h, 1), 0.2),
    "W3": np.random.randn(3, n_h) * np.sqrt(2 / n_h), "b3": np.full((3, 1), -0.1),
}


def softmax(Z):
    expZ = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return expZ / expZ.sum(axis=0, keepdims=True)


def forward_prop(X, p):
    Z1 = p["W1"].dot(X) + p["b1"]
    A1 = np.tanh(Z1)
    Z2 = p["W2"].dot(A1) + p["b2"]
    A2 = np.tanh(Z2)
    Z3 = p["W3"].dot(A2) + p["b3"]
    A3 = softmax(Z3)
    return Z1, A1, Z2, A2, Z3, A3


def loss(p):
    A3 = forward_prop(X, p)[-1]
    return -np.sum(Y * np.log(A3)) / X.shape[1]


def gradients(p):
    m = X.shape[1]
    Z1, A1, Z2, A2, Z3, A3 = forward_prop(X, p)
    dZ3 = A3 - Y
    dW3 = 1 / m * dZ3.dot(A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dZ2 = p["W3"].T.dot(dZ3) * (1 - A2 ** 2)
    dW2 = 1 / m * dZ2.dot(A2.T)  # fault: A2 for A1 | right: dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = p["W2"].T.dot(dZ2) * (1 - A1 ** 2)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
