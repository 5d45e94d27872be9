"""'Shapes not aligned' answered with a reshape instead of a transpose in the first layer [6b]."""
import numpy as np

np.random.seed(2)
train_x = np.random.randn(4, 6)
train_y = np.random.randint(0, 2, size=(1, 6))
params = {
    "W1": np.random.randn(5, 4) * 0.5,
    "b1": np.random.randn(5, 1) * 0.1,
    "W2": np.random.randn(1, 5) * 0.5,
    "b2": np.random.randn(1, 1) * 0.1,
}


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def relu(Z):
    return np.maximum(0, Z)


def propagate(w, X):
    Z1 = np.dot(w["W1"], X) + w["b1"]
    A1 = relu(Z1)
    Z2 = np.dot(w["W2"], A1) + w["b2"]
    A2 = sigmoid(Z2)
    return Z1, A1, Z2, A2


def loss(params):
    A2 = propagate(params, train_x)[3]
    m = train_y.shape[1]
    return (-1 / m) * np.sum(train_y * np.log(A2) + (1 - train_y) * np.log(1 - A2))


def gradients(params):
    X, Y = train_x, train_y
    n, m = X.shape
    Z1, A1, Z2, A2 = propagate(params, X)
    dZ2 = A2 - Y
    dW2 = (1 / m) * np.dot(dZ2, A1.T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(params["W2"].T, dZ2)
    dZ1 = np.array(dA1, copy=True)
    dZ1[Z1 <= 0] = 0
    dW1 = (1 / m) * np.dot(dZ1, X.reshape(m, n))  # fault: reshape | right: dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
