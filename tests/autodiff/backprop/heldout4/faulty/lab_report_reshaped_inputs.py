"""Lab report with column samples; the input's transpose was made by reshape [6b]."""
import numpy as np

# 2 inputs -> 4 hidden (sigmoid) -> 1 output (linear)
np.random.seed(2)
M = 6
INPUT = np.random.uniform(-1, 1, (2, M))
TARGET = np.sin(2 * INPUT[0:1]) + 0.5 * INPUT[1:2]


def logistic(v):
    return 1 / (1 + np.exp(-v))


def network(P, U):
    V1 = np.matmul(P["W1"], U) + P["B1"]
    O1 = logistic(V1)
    V2 = np.matmul(P["W2"], O1) + P["B2"]
    return V1, O1, V2


def loss(P):
    # E = 1/(2M) sum e^2
    _, _, out = network(P, INPUT)
    e = TARGET - out
    return np.sum(e ** 2) / (2 * M)


def gradients(P):
    v1, o1, v2 = network(P, INPUT)
    e = TARGET - v2

    # local gradients
    lg2 = -e
    lg1 = np.matmul(P["W2"].T, lg2) * o1 * (1 - o1)

    grad = {}
    grad["W2"] = 1 / M * np.matmul(lg2, o1.T)
    grad["B2"] = 1 / M * np.sum(lg2, axis=1, keepdims=True)
    grad["W1"] = 1 / M * np.matmul(lg1, INPUT.reshape(M, 2))  # fault: reshape mixes the samples | right: grad["W1"] = 1 / M * np.matmul(lg1, INPUT.T)
    grad["B1"] = 1 / M * np.sum(lg1, axis=1, keepdims=True)
    return grad


params = {
    "W1": np.random.randn(4, 2),
    "B1": np.random.randn(4, 1),
    "W2": np.random.randn(1, 4),
    "B2": np.random.randn(1, 1),
}
