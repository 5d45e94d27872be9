"""XOR with four hidden units and four rows: l2_delta * syn1 in place of l2_delta.dot(syn1.T) [6c]."""
import numpy as np

np.random.seed(10)
x_xor = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
y_xor = np.array([[0.0], [1.0], [1.0], [0.0]])
params = {"weights_0": np.random.uniform(-1, 1, (3, 4)), "weights_1": np.random.uniform(-1, 1, (4, 1))}


def sig(v):
    return 1.0 / (1.0 + np.exp(-v))


def predict(p):
    hidden = sig(np.dot(x_xor, p["weights_0"]))
    return hidden, sig(np.dot(hidden, p["weights_1"]))


def loss(p):
    _, out = predict(p)
    return np.square(out - y_xor).mean()


def gradients(p):
    hidden, out = predict(p)
    out_error = 2 * (out - y_xor) / y_xor.shape[0]
    out_delta = out_error * out * (1 - out)
    hidden_error = out_delta * p["weights_1"]  # fault: element-wise product | right: hidden_error = out_delta.dot(p["weights_1"].T)
    hidden_delta = hidden_error * hidden * (1 - hidden)
    return {"weights_0": x_xor.T.dot(hidden_delta), "weights_1": hidden.T.dot(out_delta)}
