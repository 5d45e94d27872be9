"""Hidden rows written into np.zeros buffers during forward: H2's row lands in H1 [5a]."""
import numpy as np

rng = np.random.default_rng(76)
X, Y = rng.normal(size=(6, 2)), rng.normal(size=(6, 1))
params = {"W1": rng.normal(size=(2, 4)), "W2": rng.normal(size=(4, 4)), "W3": rng.normal(size=(4, 1))}


def loss(params):
    h1 = np.tanh(X @ params["W1"])
    h2 = np.tanh(h1 @ params["W2"])
    return 0.5 * np.sum((h2 @ params["W3"] - Y) ** 2)


def gradients(params):
    H1 = np.zeros((6, 4))
    H2 = np.zeros((6, 4))
    out = np.zeros((6, 1))
    for i, x in enumerate(X):
        h1 = np.tanh(x @ params["W1"])
        h2 = np.tanh(h1 @ params["W2"])
        H1[i] = h2  # fault: h2 stored under H1 | right: H1[i] = h1
        H2[i] = h2
        out[i] = h2 @ params["W3"]
    err = out - Y
    dW3 = H2.T @ err
    dH2 = err @ params["W3"].T * (1 - H2**2)
    dW2 = H1.T @ dH2
    dH1 = dH2 @ params["W2"].T * (1 - H1**2)
    dW1 = X.T @ dH1
    return {"dW1": dW1, "dW2": dW2, "dW3": dW3}
