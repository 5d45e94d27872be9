"""Layer loop which trains while it walks back: the error is propagated through the weights of the next step [5c]."""
import numpy as np

np.random.seed(4)
dims = [3, 5, 4, 2]
lr = 0.5
X = np.random.randn(3, 6)
Y = np.eye(2)[np.random.randint(0, 2, 6)].T

params = {}
for i in range(1, 4):
    params["W" + str(i)] = np.random.randn(dims[i], dims[i - 1]) * 0.8
    params["b" + str(i)] = np.random.randn(dims[i], 1) * 0.1


def softmax(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def forward(p):
    memory = {"A0": X}
    for i in range(1, 4):
        z = p["W" + str(i)] @ memory["A" + str(i - 1)] + p["b" + str(i)]
        memory["A" + str(i)] = softmax(z) if i == 3 else np.tanh(z)
    return memory


def loss(params):
    A3 = forward(params)["A3"]
    return -np.sum(Y * np.log(A3)) / Y.shape[1]


def gradients(params):
    memory = forward(params)
    new_params = {}
    grads = {}
    delta = (memory["A3"] - Y) / Y.shape[1]
    for i in (3, 2, 1):
        W = params["W" + str(i)]
        A_prev = memory["A" + str(i - 1)]
        grads["dW" + str(i)] = delta @ A_prev.T
        grads["db" + str(i)] = delta.sum(axis=1, keepdims=True)
        new_params["W" + str(i)] = W - lr * grads["dW" + str(i)]
        new_params["b" + str(i)] = params["b" + str(i)] - lr * grads["db" + str(i)]
        if i > 1:
            delta = new_params["W" + str(i)].T @ delta  # fault: updated weights | right: delta = W.T @ delta
            delta = delta * (1 - A_prev ** 2)
    return grads
