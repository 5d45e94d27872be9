"""UFLDL's sparse autoencoder with its sparsity penalty, samples in columns."""
import numpy as np

np.random.seed(310)
data = np.random.rand(4, 7) * 0.8 + 0.1
lam, rho, beta = 0.01, 0.15, 0.4
params = {"W1": np.random.randn(3, 4), "b1": np.random.randn(3, 1), "W2": np.random.randn(4, 3), "b2": np.random.randn(4, 1)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def loss(theta):
    m = data.shape[1]
    hidden = sigmoid(theta["W1"] @ data + theta["b1"])
    out = sigmoid(theta["W2"] @ hidden + theta["b2"])
    rho_hat = hidden.mean(axis=1)
    kl = np.sum(rho * np.log(rho / rho_hat) + (1 - rho) * np.log((1 - rho) / (1 - rho_hat)))
    decay = np.sum(theta["W1"] ** 2) + np.sum(theta["W2"] ** 2)
    return 0.5 * np.sum((out - data) ** 2) / m + 0.5 * lam * decay + beta * kl


def gradients(theta):
    m = data.shape[1]
    hidden = sigmoid(theta["W1"] @ data + theta["b1"])
    out = sigmoid(theta["W2"] @ hidden + theta["b2"])
    rho_hat = np.tile(hidden.mean(axis=1), (m, 1)).T
    sparsity = beta * (-rho / rho_hat + (1 - rho) / (1 - rho_hat))
    del_out = -(data - out) * out * (1 - out)
    del_hid = (theta["W2"].T @ del_out + sparsity) * hidden * (1 - hidden)
    return {
        "W1": del_hid @ data.T / m + lam * theta["W1"],
        "b1": np.sum(del_hid, axis=1, keepdims=True) / m,
        "W2": del_out @ hidden.T / m + lam * theta["W2"],
        "b2": np.sum(del_out, axis=1, keepdims=True) / m,
    }
