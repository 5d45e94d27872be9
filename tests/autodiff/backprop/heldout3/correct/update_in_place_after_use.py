"""Training step in the loop: each layer's weights are changed in place only after the error went through them."""
import numpy as np

np.random.seed(60)
lr = 0.1
sizes = [3, 6, 4, 1]
X = np.random.randn(3, 9)
Y = np.random.randn(1, 9)
params = {}
for i in range(1, 4):
    params["W" + str(i)] = np.random.randn(sizes[i], sizes[i - 1]) * 0.6
    params["b" + str(i)] = np.random.randn(sizes[i], 1) * 0.2


def forward(p):
    A = [X]
    for i in range(1, 4):
        Z = p["W" + str(i)] @ A[-1] + p["b" + str(i)]
        A.append(Z if i == 3 else np.tanh(Z))
    return A


def loss(params):
    return np.sum((forward(params)[-1] - Y) ** 2) / (2 * Y.shape[1])


def gradients(params):
    A = forward(params)
    m = Y.shape[1]
    grads = {}
    dZ = A[3] - Y
    for i in range(3, 0, -1):
        grads["dW" + str(i)] = dZ @ A[i - 1].T
        grads["db" + str(i)] = dZ.sum(axis=1, keepdims=True)
        grads["dW" + str(i)] /= m
        grads["db" + str(i)] /= m
        dA = params["W" + str(i)].T @ dZ
        params["W" + str(i)] -= lr * grads["dW" + str(i)]
        params["b" + str(i)] -= lr * grads["db" + str(i)]
        if i > 1:
            dA *= 1 - A[i - 1] ** 2
            dZ = dA
    return grads
