"""All sizes 4, so * goes through where @ belongs; 1/N twice in the first layer [6c, 1c, 10c]."""
import numpy as np

np.random.seed(44)
N = 4
train_x = np.random.rand(N, 4)
train_y = np.eye(4)[[3, 0, 2, 0]]
params = {"W1": np.random.uniform(-1, 1, (4, 4)), "B1": np.random.uniform(-1, 1, 4),
          "W2": np.random.uniform(-1, 1, (4, 4)), "B2": np.random.uniform(-1, 1, 4)}


def sigma(t):
    return 1.0 / (1.0 + np.exp(-t))


def feed_forward(W1, B1, W2, B2):
    H = sigma(np.matmul(train_x, W1) + B1)
    O = sigma(np.matmul(H, W2) + B2)
    return H, O


def loss(params):
    H, O = feed_forward(**params)
    return np.sum((train_y - O) ** 2) / N


def gradients(params):
    H, O = feed_forward(**params)
    # output layer
    d_O = -2 * (train_y - O) / N
    d_Z2 = d_O * O * (1 - O)
    # hidden layer
    d_H = d_Z2 * params["W2"].T  # fault: element-wise for the matrix product | right: d_H = np.matmul(d_Z2, params["W2"].T)
    d_Z1 = d_H * H * (1 - H)
    gW1 = np.matmul(train_x.T, d_Z1) / N  # fault: 1/N a second time | right: gW1 = np.matmul(train_x.T, d_Z1)
    return {"W1": gW1, "B1": d_Z1.sum(axis=0), "W2": np.matmul(H.T, d_Z2), "B2": d_Z2.sum(axis=0)}
