"""MSE cost with the lecture's A2 - Y as dZ2 of a sigmoid layer [7a]."""
import numpy as np

rand = np.random.RandomState(33)
X = rand.randn(3, 8)
Y = (X.sum(axis=0, keepdims=True) > 0) * 1.0

params = {
    "W1": rand.randn(5, 3) * 0.7,
    "B1": rand.randn(5, 1) * 0.1,
    "W2": rand.randn(1, 5) * 0.7,
    "B2": rand.randn(1, 1) * 0.1,
}


def logistic(Z):
    return 1 / (1 + np.exp(-Z))


def FORWARD(params, X):
    CACHE = {}
    CACHE["Z1"] = np.matmul(params["W1"], X) + params["B1"]
    CACHE["A1"] = np.maximum(CACHE["Z1"], 0)
    CACHE["Z2"] = np.matmul(params["W2"], CACHE["A1"]) + params["B2"]
    CACHE["A2"] = logistic(CACHE["Z2"])
    return CACHE


def loss(params):
    A2 = FORWARD(params, X)["A2"]
    return 0.5 * np.mean((A2 - Y) ** 2)


def gradients(params):
    c = FORWARD(params, X)
    m = X.shape[1]
    dz2 = c["A2"] - Y  # fault: shortcut of the cross-entropy | right: dz2 = (c["A2"] - Y) * c["A2"] * (1 - c["A2"])
    dw2 = np.matmul(dz2, c["A1"].T) / m
    db2 = np.sum(dz2, axis=1, keepdims=True) / m
    da1 = np.matmul(params["W2"].T, dz2)
    dz1 = da1 * (c["Z1"] > 0)
    dw1 = np.matmul(dz1, X.T) / m
    db1 = np.sum(dz1, axis=1, keepdims=True) / m
    return {"dW1": dw1, "dB1": db1, "dW2": dw2, "dB2": db2}
