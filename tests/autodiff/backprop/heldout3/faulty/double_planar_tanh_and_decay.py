"""Planar classifier of three layers, tanh's slope missing and a decay that the loss doesn't know [4a, 9b, 10c]."""
import numpy as np

np.random.seed(0)
N, D, K = 9, 2, 3
X = np.random.randn(N, D)
y = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2])
reg_lambda = 0.1
params = {
    "W1": np.random.randn(D, 5) / np.sqrt(D), "b1": np.random.randn(1, 5) * 0.1,
    "W2": np.random.randn(5, 4) / np.sqrt(5), "b2": np.random.randn(1, 4) * 0.1,
    "W3": np.random.randn(4, K) / np.sqrt(4), "b3": np.random.randn(1, K) * 0.1,
}


def forward(model):
    z1 = X.dot(model["W1"]) + model["b1"]
    a1 = np.tanh(z1)
    z2 = a1.dot(model["W2"]) + model["b2"]
    a2 = np.tanh(z2)
    z3 = a2.dot(model["W3"]) + model["b3"]
    exp_scores = np.exp(z3)
    return a1, a2, exp_scores / np.sum(exp_scores, axis=1, keepdims=True)


def loss(model):
    probs = forward(model)[2]
    data_loss = np.sum(-np.log(probs[range(N), y]))
    return 1. / N * data_loss


def gradients(model):
    a1, a2, probs = forward(model)
    delta4 = probs
    delta4[range(N), y] -= 1
    delta4 /= N
    dW3 = a2.T.dot(delta4)
    db3 = np.sum(delta4, axis=0, keepdims=True)
    delta3 = delta4.dot(model["W3"].T) * (1 - np.power(a2, 2))
    dW2 = np.dot(a1.T, delta3)
    db2 = np.sum(delta3, axis=0, keepdims=True)
    delta2 = delta3.dot(model["W2"].T)  # fault: tanh' left out | right: delta2 = delta3.dot(model["W2"].T) * (1 - np.power(a1, 2))
    dW1 = np.dot(X.T, delta2)
    db1 = np.sum(delta2, axis=0, keepdims=True)
    # regularization
    dW3 += reg_lambda * model["W3"]  # fault: no such term in the loss | right: pass
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
