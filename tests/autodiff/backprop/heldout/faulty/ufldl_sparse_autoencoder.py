"""UFLDL's sparse autoencoder, samples in columns: the sparsity term is not summed into the hidden delta [9c]."""
import numpy as np

np.random.seed(212)
visible, hidden, M = 4, 3, 7
patches = np.random.rand(visible, M) * 0.8 + 0.1
lam, rho, beta = 1e-2, 0.2, 0.6
params = {
    "W1": np.random.uniform(-0.8, 0.8, (hidden, visible)),
    "W2": np.random.uniform(-0.8, 0.8, (visible, hidden)),
    "b1": np.zeros((hidden, 1)),
    "b2": np.zeros((visible, 1)),
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def loss(theta):
    a2 = sigmoid(theta["W1"].dot(patches) + theta["b1"])
    a3 = sigmoid(theta["W2"].dot(a2) + theta["b2"])
    rho_hat = np.sum(a2, axis=1) / M
    KL = rho * np.log(rho / rho_hat) + (1 - rho) * np.log((1 - rho) / (1 - rho_hat))
    return (
        np.sum((a3 - patches) ** 2) / (2 * M)
        + lam / 2 * (np.sum(theta["W1"] ** 2) + np.sum(theta["W2"] ** 2))
        + beta * np.sum(KL)
    )


def gradients(theta):
    a2 = sigmoid(theta["W1"].dot(patches) + theta["b1"])
    a3 = sigmoid(theta["W2"].dot(a2) + theta["b2"])
    delta3 = -(patches - a3) * a3 * (1 - a3)
    delta2 = theta["W2"].T.dot(delta3) * a2 * (1 - a2)  # fault: the sparsity term missing | right: rho_hat = np.mean(a2, axis=1, keepdims=True); delta2 = (theta["W2"].T.dot(delta3) + beta * (-rho / rho_hat + (1 - rho) / (1 - rho_hat))) * a2 * (1 - a2)
    W1grad = delta2.dot(patches.T) / M + lam * theta["W1"]
    W2grad = delta3.dot(a2.T) / M + lam * theta["W2"]
    b1grad = np.sum(delta2, axis=1, keepdims=True) / M
    b2grad = np.sum(delta3, axis=1, keepdims=True) / M
    return {"W1": W1grad, "W2": W2grad, "b1": b1grad, "b2": b2grad}
