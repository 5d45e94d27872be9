"""To make the shapes fit, the activations were reshaped rather than transposed [6b]."""
import numpy as np

gen = np.random.default_rng(2024)
X_train = gen.random((4, 10))
labels = gen.integers(0, 3, 10)


def one_hot(Y):
    one_hot_Y = np.zeros((Y.size, Y.max() + 1))
    one_hot_Y[np.arange(Y.size), Y] = 1
    return one_hot_Y.T


def init_params():
    W1 = gen.random((6, 4)) - 0.5
    b1 = gen.random((6, 1)) - 0.5
    W2 = gen.random((3, 6)) - 0.5
    b2 = gen.random((3, 1)) - 0.5
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


params = init_params()


def ReLU(Z):
    return np.maximum(Z, 0)


def ReLU_deriv(Z):
    return Z > 0


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = ReLU(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = np.exp(Z2) / sum(np.exp(Z2))
    return Z1, A1, Z2, A2


def backward_prop(Z1, A1, Z2, A2, W2, X, Y):
    m = Y.size
    one_hot_Y = one_hot(Y)
    dZ2 = A2 - one_hot_Y
    dW2 = 1 / m * dZ2.dot(A1.reshape(A1.shape[1], A1.shape[0]))  # fault: reshape is no transpose | right: dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * ReLU_deriv(Z1)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return dW1, db1, dW2, db2


def loss(p):
    _, _, _, A2 = forward_prop(p["W1"], p["b1"], p["W2"], p["b2"], X_train)
    return -np.mean(np.log(A2[labels, np.arange(labels.size)]))


def gradients(p):
    Z1, A1, Z2, A2 = forward_prop(p["W1"], p["b1"], p["W2"], p["b2"], X_train)
    dW1, db1, dW2, db2 = backward_prop(Z1, A1, Z2, A2, p["W2"], X_train, labels)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
