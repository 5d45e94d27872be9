"""Word vectors again: relu was applied to the gradient in place of the mask [8a]."""
import numpy as np

np.random.seed(4)
hidden_size, vocab, batch_size = 4, 6, 5
context = np.random.rand(vocab, batch_size)
context = context / context.sum(axis=0)
center = np.eye(vocab)[:, np.array([0, 2, 5, 3, 1])]


def initialize_model(N, V, random_seed=1):
    np.random.seed(random_seed)
    return {"W1": np.random.rand(N, V) - 0.5, "b1": np.random.rand(N, 1) - 0.4,
            "W2": np.random.rand(V, N) - 0.5, "b2": np.random.rand(V, 1) - 0.5}


params = initialize_model(hidden_size, vocab)


def softmax(z):
    return np.exp(z) / np.sum(np.exp(z), axis=0)


def forward(x, p):
    z1 = p["W1"] @ x + p["b1"]
    h = np.maximum(0, z1)
    z2 = p["W2"] @ h + p["b2"]
    return z1, h, softmax(z2)


def loss(p):
    z1, h, yhat = forward(context, p)
    return -np.sum(center * np.log(yhat)) / batch_size


def gradients(p):
    z1, h, yhat = forward(context, p)
    # error coming back to the hidden layer
    l1 = np.dot(p["W2"].T, yhat - center)
    l1 = np.maximum(0, l1)  # fault: relu of the gradient | right: l1 = l1 * (z1 > 0)
    grad_W1 = np.dot(l1, context.T) / batch_size
    grad_W2 = np.dot(yhat - center, h.T) / batch_size
    grad_b1 = np.sum(l1, axis=1, keepdims=True) / batch_size
    grad_b2 = np.sum(yhat - center, axis=1, keepdims=True) / batch_size
    return {"W1": grad_W1, "W2": grad_W2, "b1": grad_b1, "b2": grad_b2}
