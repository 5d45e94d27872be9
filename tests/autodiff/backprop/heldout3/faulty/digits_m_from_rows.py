"""Digit classifier with samples in columns, but m is read from the rows in the backward pass [1d]."""
import numpy as np

np.random.seed(10)
n_features, n_samples, n_classes = 5, 8, 3
X_train = np.random.rand(n_features, n_samples) - 0.5
labels = np.random.randint(0, n_classes, n_samples)


def one_hot(Y):
    out = np.zeros((Y.size, n_classes))
    out[np.arange(Y.size), Y] = 1
    return out.T


def init_params():
    return {
        "W1": np.random.rand(6, n_features) - 0.5,
        "b1": np.random.rand(6, 1) - 0.5,
        "W2": np.random.rand(n_classes, 6) - 0.5,
        "b2": np.random.rand(n_classes, 1) - 0.5,
    }


params = init_params()


def ReLU(Z):
    return np.maximum(Z, 0)


def deriv_ReLU(Z):
    return Z > 0


def softmax(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = ReLU(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def backward_prop(Z1, A1, Z2, A2, W2, X, Y):
    m = X.shape[0]  # fault: features for samples | right: m = X.shape[1]
    one_hot_Y = one_hot(Y)
    dZ2 = A2 - one_hot_Y
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * deriv_ReLU(Z1)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return dW1, db1, dW2, db2


def loss(params):
    A2 = forward_prop(params["W1"], params["b1"], params["W2"], params["b2"], X_train)[3]
    return -np.sum(np.log(A2[labels, np.arange(n_samples)])) / n_samples


def gradients(params):
    Z1, A1, Z2, A2 = forward_prop(params["W1"], params["b1"], params["W2"], params["b2"], X_train)
    dW1, db1, dW2, db2 = backward_prop(Z1, A1, Z2, A2, params["W2"], X_train, labels)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
