"""Rows: mean in place of sum for b2, and relu' left out [2a, 4a, 10c]."""
import numpy as np

rng = np.random.RandomState(63)
X = rng.randn(8, 3)
labels = rng.randint(0, 4, 8)
params = {"W1": rng.randn(3, 5), "b1": rng.randn(5), "W2": rng.randn(5, 4), "b2": rng.randn(4)}


def predict(params):
    z1 = X.dot(params["W1"]) + params["b1"]
    a1 = np.maximum(z1, 0)
    z2 = a1.dot(params["W2"]) + params["b2"]
    exp_scores = np.exp(z2)
    return z1, a1, exp_scores / np.sum(exp_scores, axis=1, keepdims=True)


def loss(params):
    probs = predict(params)[2]
    return np.sum(-np.log(probs[range(8), labels]))


def gradients(params):
    z1, a1, delta3 = predict(params)
    delta3[range(8), labels] -= 1
    dW2 = (a1.T).dot(delta3)
    db2 = np.mean(delta3, axis=0)  # fault: mean in place of sum | right: db2 = np.sum(delta3, axis=0)
    delta2 = delta3.dot(params["W2"].T)  # fault: relu's derivative left out | right: delta2 = delta3.dot(params["W2"].T) * (z1 > 0)
    dW1 = np.dot(X.T, delta2)
    db1 = np.sum(delta2, axis=0)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
