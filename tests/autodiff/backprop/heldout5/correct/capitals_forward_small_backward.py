"""Z1, A1 in the cost; z1, a1 in the gradients, computed anew and named otherwise."""
import numpy as np

rng = np.random.default_rng(9)
X = rng.normal(size=(9, 3))
Y = np.eye(3)[rng.integers(0, 3, 9)]
params = {
    "W1": rng.normal(size=(3, 5)), "b1": rng.normal(size=(1, 5)),
    "W2": rng.normal(size=(5, 3)), "b2": rng.normal(size=(1, 3)),
}


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def loss(params):
    W1, B1, W2, B2 = params["W1"], params["b1"], params["W2"], params["b2"]
    Z1 = X @ W1 + B1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = A1 @ W2 + B2
    A2 = softmax(Z2)
    return -np.mean(np.sum(Y * np.log(A2), axis=1))


def gradients(params):
    w1, b1, w2, b2 = params.values()
    n = X.shape[0]
    z1 = X.dot(w1) + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = a1.dot(w2) + b2
    a2 = softmax(z2)

    dz2 = a2 - Y
    dw2 = a1.T.dot(dz2) / n
    db2 = dz2.sum(axis=0, keepdims=True) / n
    dz1 = dz2.dot(w2.T) * a1 * (1 - a1)
    dw1 = X.T.dot(dz1) / n
    db1 = dz1.sum(axis=0, keepdims=True) / n
    return {"dW1": dw1, "db1": db1, "dW2": dw2, "db2": db2}
