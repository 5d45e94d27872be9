"""Two hidden layers of the same size, the first one's delta is masked with the second one's units [8b]."""
import numpy as np

np.random.seed(24)
x = np.random.rand(5, 10) - 0.5    # pixels, centred, x samples
labels = np.random.randint(0, 4, 10)
t = np.zeros((4, 10))
t[labels, np.arange(10)] = 1


def init_params():
    W1 = np.random.randn(6, 5)
    b1 = np.random.rand(6, 1) - 0.5
    W2 = np.random.randn(6, 6)
    b2 = np.random.rand(6, 1) - 0.5
    W3 = np.random.rand(4, 6) - 0.5
    b3 = np.random.rand(4, 1) - 0.5
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def relu(Z):
    return np.maximum(Z, 0)


def relu_deriv(Z):
    return Z > 0


def softmax(Z):
    e = np.exp(Z)
    return e / np.sum(e, axis=0)


def forward_prop(p):
    Z1 = p["W1"].dot(x) + p["b1"]
    A1 = relu(Z1)
    Z2 = p["W2"].dot(A1) + p["b2"]
    A2 = relu(Z2)
    Z3 = p["W3"].dot(A2) + p["b3"]
    A3 = softmax(Z3)
    return Z1, A1, Z2, A2, Z3, A3


def loss(p):
    A3 = forward_prop(p)[-1]
    return -np.sum(t * np.log(A3)) / x.shape[1]


def gradients(p):
    m = x.shape[1]
    Z1, A1, Z2, A2, Z3, A3 = forward_prop(p)
    dZ3 = A3 - t
    dW3 = 1 / m * dZ3.dot(A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dZ2 = p["W3"].T.dot(dZ3) * relu_deriv(Z2)
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = p["W2"].T.dot(dZ2) * relu_deriv(Z2)  # fault: mask of the layer above | right: dZ1 = p["W2"].T.dot(dZ2) * relu_deriv(Z1)
    dW1 = 1 / m * dZ1.dot(x.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}


params = init_params()
