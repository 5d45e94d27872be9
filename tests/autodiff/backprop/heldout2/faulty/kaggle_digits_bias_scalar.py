"""Kaggle digits from scratch, columns: db2 is np.sum(dZ2) without an axis [2b]."""
import numpy as np

np.random.seed(42)
n, m = 6, 8
X_train = np.random.rand(n, m)
Y_train = np.random.randint(0, 4, m)


def init_params():
    W1 = np.random.rand(5, n) - 0.5
    b1 = np.random.rand(5, 1) - 0.5
    W2 = np.random.rand(4, 5) - 0.5
    b2 = np.random.rand(4, 1) - 0.5
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


params = init_params()


def ReLU(Z):
    return np.maximum(Z, 0)


def ReLU_deriv(Z):
    return Z > 0


def softmax(Z):
    A = np.exp(Z) / sum(np.exp(Z))
    return A


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = ReLU(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def one_hot(Y):
    one_hot_Y = np.zeros((Y.size, 4))
    one_hot_Y[np.arange(Y.size), Y] = 1
    return one_hot_Y.T


def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
    one_hot_Y = one_hot(Y)
    dZ2 = A2 - one_hot_Y
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2) * np.ones((4, 1))  # fault: sum over all axes | right: db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * ReLU_deriv(Z1)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1).reshape(-1, 1)
    return dW1, db1, dW2, db2


def loss(params):
    _, _, _, A2 = forward_prop(params["W1"], params["b1"], params["W2"], params["b2"], X_train)
    return -np.sum(one_hot(Y_train) * np.log(A2)) / m


def gradients(params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    Z1, A1, Z2, A2 = forward_prop(W1, b1, W2, b2, X_train)
    dW1, db1, dW2, db2 = backward_prop(Z1, A1, Z2, A2, W1, W2, X_train, Y_train)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
