"""In-place gradient step: the already updated W2 carries the error back [5c]."""
import numpy as np

rng = np.random.default_rng(20)
X = rng.normal(size=(5, 3))
Y = rng.normal(size=(5, 2))
params = {"W1": rng.normal(size=(3, 4)), "W2": rng.normal(size=(4, 2))}
lr = 0.1


def loss(params):
    h = np.tanh(X.dot(params["W1"]))
    return 0.5 * np.sum((h.dot(params["W2"]) - Y) ** 2)


def train_step(W1, W2):
    h = np.tanh(X.dot(W1))
    out = h.dot(W2)
    delta2 = out - Y
    dW2 = h.T.dot(delta2)
    W2 -= lr * dW2
    dh = delta2.dot(W2.T)  # fault: updated W2 used | right: dh = delta2.dot((W2 + lr * dW2).T)
    delta1 = dh * (1 - h**2)
    dW1 = X.T.dot(delta1)
    W1 -= lr * dW1
    return dW1, dW2


def gradients(params):
    dW1, dW2 = train_step(params["W1"].copy(), params["W2"].copy())
    return {"dW1": dW1, "dW2": dW2}
