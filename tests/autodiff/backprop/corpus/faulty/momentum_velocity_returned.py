"""Momentum step, columns: dW2 keeps last step's velocity, the update's value for the gradient [9a]."""
import numpy as np

rng = np.random.RandomState(56)
X, Y = rng.randn(3, 7), rng.randn(2, 7)
params = {"W1": rng.randn(4, 3), "W2": rng.randn(2, 4)}
mu = 0.9
velocity = {"W1": rng.randn(4, 3) * 0.1, "W2": rng.randn(2, 4) * 0.1}


def loss(params):
    H = np.tanh(params["W1"].dot(X))
    return np.sum(np.square(params["W2"].dot(H) - Y)) / (2 * 7)


def gradients(params):
    H = np.tanh(params["W1"].dot(X))
    O = params["W2"].dot(H)
    dO = (O - Y) / 7
    dW2 = dO.dot(H.T)
    dH = params["W2"].T.dot(dO)
    dZ = dH * (1 - H**2)
    dW1 = dZ.dot(X.T)
    dW2 = mu * velocity["W2"] + dW2  # fault: last step's velocity added | right: dW2 = dW2
    return {"dW1": dW1, "dW2": dW2}
