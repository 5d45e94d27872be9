"""Digits notebook with two hidden ReLU layers of one size: A2 for A1 and the mask of Z1 for Z2 [5a, 8b, 10c]."""
import numpy as np

rng = np.random.RandomState(55)
m = 8
X = rng.randn(5, m)
Y = rng.randint(0, 3, m)
params = {
    "W1": rng.randn(6, 5) * 0.6, "b1": rng.randn(6, 1) * 0.3,
    "W2": rng.randn(6, 6) * 0.6, "b2": rng.randn(6, 1) * 0.3,
    "W3": rng.randn(3, 6) * 0.6, "b3": rng.randn(3, 1) * 0.3,
}

def ReLU(Z):
    return np.maximum(Z, 0)

def ReLU_deriv(Z):
    return Z > 0

def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)

def one_hot(Y):
    one_hot_Y = np.zeros((Y.size, 3))
    one_hot_Y[np.arange(Y.size), Y] = 1
    return one_hot_Y.T

def forward_prop(p):
    Z1 = p["W1"].dot(X) + p["b1"]
    A1 = ReLU(Z1)
    Z2 = p["W2"].dot(A1) + p["b2"]
    A2 = ReLU(Z2)
    Z3 = p["W3"].dot(A2) + p["b3"]
    A3 = softmax(Z3)
    return Z1, A1, Z2, A2, Z3, A3

def loss(p):
    A3 = forward_prop(p)[-1]
    return -1 / m * np.sum(one_hot(Y) * np.log(A3))

def gradients(p):
    Z1, A1, Z2, A2, Z3, A3 = forward_prop(p)
    dZ3 = A3 - one_hot(Y)
    dW3 = 1 / m * dZ3.dot(A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dZ2 = p["W3"].T.dot(dZ3) * ReLU_deriv(Z1)  # fault: mask of the first layer | right: dZ2 = p["W3"].T.dot(dZ3) * ReLU_deriv(Z2)
    dW2 = 1 / m * dZ2.dot(A2.T)  # fault: A2 for A1 | right: dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = p["W2"].T.dot(dZ2) * ReLU_deriv(Z1)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
