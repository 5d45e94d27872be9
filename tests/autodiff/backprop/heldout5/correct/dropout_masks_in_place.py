"""Inverted dropout with fixed masks; A1 *= D1 on the way there, dA1 *= D1 on the way back."""
import numpy as np

np.random.seed(3)
keep_prob = 0.8
X = np.random.randn(4, 9)
Y = np.random.randint(0, 2, (1, 9))
D1 = np.random.rand(6, 9) < keep_prob
D2 = np.random.rand(5, 9) < keep_prob
params = {
    "W1": np.random.randn(6, 4) * 0.7, "b1": np.random.randn(6, 1) * 0.2,
    "W2": np.random.randn(5, 6) * 0.7, "b2": np.random.randn(5, 1) * 0.2,
    "W3": np.random.randn(1, 5) * 0.7, "b3": np.random.randn(1, 1) * 0.2,
}


def forward_propagation(p):
    A1 = np.maximum(0, np.dot(p["W1"], X) + p["b1"])
    A1 *= D1
    A1 /= keep_prob
    A2 = np.maximum(0, np.dot(p["W2"], A1) + p["b2"])
    A2 *= D2
    A2 /= keep_prob
    A3 = 1 / (1 + np.exp(-(np.dot(p["W3"], A2) + p["b3"])))
    return A1, A2, A3


def loss(p):
    A3 = forward_propagation(p)[2]
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    return np.nansum(logprobs) / Y.shape[1]


def gradients(p):
    m = X.shape[1]
    A1, A2, A3 = forward_propagation(p)
    dZ3 = A3 - Y
    dW3 = np.dot(dZ3, A2.T) / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m

    dA2 = np.dot(p["W3"].T, dZ3)
    dA2 *= D2
    dA2 /= keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    dA1 = np.dot(p["W2"].T, dZ2)
    dA1 *= D1
    dA1 /= keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
