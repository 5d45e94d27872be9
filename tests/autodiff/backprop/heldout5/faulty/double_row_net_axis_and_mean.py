"""As many rows as hidden units hid the wrong axis, and one division was lost too [1b, 2c, 10c]."""
import numpy as np

np.random.seed(23)
n_samples = 4
X = np.random.randn(n_samples, 3)
Y = np.random.randint(0, 2, (n_samples, 1)).astype(float)
Y[0] = 1.0
params = {
    "W1": np.random.randn(3, 4), "b1": np.random.randn(4),
    "W2": np.random.randn(4, 1), "b2": np.random.randn(1),
}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def forward_pass(p):
    Z1 = np.dot(X, p["W1"]) + p["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(A1, p["W2"]) + p["b2"]
    A2 = sigmoid(Z2)
    return Z1, A1, Z2, A2


def loss(p):
    A2 = forward_pass(p)[3]
    return -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).mean()


def gradients(p):
    Z1, A1, Z2, A2 = forward_pass(p)
    dZ2 = A2 - Y
    dW2 = np.dot(A1.T, dZ2)  # fault: not divided | right: dW2 = np.dot(A1.T, dZ2) / n_samples
    db2 = np.sum(dZ2, axis=0) / n_samples
    dA1 = np.dot(dZ2, p["W2"].T)
    dZ1 = dA1 * (1 - A1 * A1)
    dW1 = np.dot(X.T, dZ1) / n_samples
    db1 = np.sum(dZ1, axis=1) / n_samples  # fault: sums over the units | right: db1 = np.sum(dZ1, axis=0) / n_samples
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
