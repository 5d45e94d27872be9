"""Kaggle notebook, three layers of tanh and softmax: W2 isn't averaged and the derivative of tanh has its sign turned [1b, 10a, 10c]."""
import numpy as np

np.random.seed(25)
X_train = np.random.randn(4, 6)
Y_train = np.eye(3)[np.random.randint(0, 3, 6)].T
n0, n1, n2, n3 = 4, 5, 4, 3

params = {
    "W1": np.random.randn(n1, n0) * 0.5,
    "b1": np.random.randn(n1, 1) * 0.1,
    "W2": np.random.randn(n2, n1) * 0.5,
    "b2": np.random.randn(n2, 1) * 0.1,
    "W3": np.random.randn(n3, n2) * 0.5,
    "b3": np.random.randn(n3, 1) * 0.1,
}


def softmax(z):
    ez = np.exp(z - np.max(z, axis=0))
    return ez / np.sum(ez, axis=0)


def forward_prop(model, a0):
    z1 = model["W1"].dot(a0) + model["b1"]
    a1 = np.tanh(z1)
    z2 = model["W2"].dot(a1) + model["b2"]
    a2 = np.tanh(z2)
    z3 = model["W3"].dot(a2) + model["b3"]
    a3 = softmax(z3)
    return {"a0": a0, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "z3": z3, "a3": a3}


def backward_prop(model, cache, y):
    m = y.shape[1]
    a0, a1, a2, a3 = cache["a0"], cache["a1"], cache["a2"], cache["a3"]
    dz3 = a3 - y
    dW3 = 1 / m * dz3.dot(a2.T)
    db3 = 1 / m * np.sum(dz3, axis=1, keepdims=True)
    dz2 = model["W3"].T.dot(dz3) * (1 - a2 ** 2)
    dW2 = dz2.dot(a1.T)  # fault: 1/m missing | right: dW2 = 1 / m * dz2.dot(a1.T)
    db2 = 1 / m * np.sum(dz2, axis=1, keepdims=True)
    dz1 = model["W2"].T.dot(dz2) * (a1 ** 2 - 1)  # fault: sign | right: dz1 = model["W2"].T.dot(dz2) * (1 - a1 ** 2)
    dW1 = 1 / m * dz1.dot(a0.T)
    db1 = 1 / m * np.sum(dz1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


def loss(params):
    a3 = forward_prop(params, X_train)["a3"]
    return -np.mean(np.sum(Y_train * np.log(a3), axis=0))


def gradients(params):
    return backward_prop(params, forward_prop(params, X_train), Y_train)
