"""Per-sample loop that sums gradients while each sample's step already changes the weights [5c]."""
import numpy as np

rng = np.random.RandomState(86)
X, Y = rng.randn(5, 3), rng.randn(5, 2)
params = {"W1": rng.randn(4, 3), "W2": rng.randn(2, 4)}
lr = 0.02


def loss(params):
    total = 0.0
    for x, y in zip(X, Y):
        total = total + 0.5 * np.sum((params["W2"] @ np.tanh(params["W1"] @ x) - y) ** 2)
    return total


def gradients(params):
    W1, W2 = params["W1"], params["W2"]
    sum_W1, sum_W2 = np.zeros_like(W1), np.zeros_like(W2)
    for x, y in zip(X, Y):
        h = np.tanh(W1 @ x)
        delta = W2 @ h - y
        dW2 = np.outer(delta, h)
        dW1 = np.outer((W2.T @ delta) * (1 - h**2), x)
        sum_W1 += dW1
        sum_W2 += dW2
        W2 -= lr * dW2  # fault: weights changed before the next sample's gradient | right: pass
    return {"W1": sum_W1, "W2": sum_W2}
