"""cs231n's style, rows: one array turns from scores into probabilities into its own gradient, in place."""
import numpy as np

rng = np.random.RandomState(103)
X = rng.randn(8, 4)
y = rng.randint(0, 3, 8)
reg = 0.05
params = {"W1": rng.randn(4, 5), "b1": rng.randn(5), "W2": rng.randn(5, 3), "b2": rng.randn(3)}


def loss(p):
    hidden = np.maximum(0, X @ p["W1"] + p["b1"])
    scores = hidden @ p["W2"] + p["b2"]
    scores = scores - scores.max(axis=1, keepdims=True)
    log_probs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    data_loss = -log_probs[range(8), y].mean()
    reg_loss = reg * (np.sum(p["W1"] * p["W1"]) + np.sum(p["W2"] * p["W2"]))
    return data_loss + reg_loss


def gradients(p):
    hidden = X @ p["W1"] + p["b1"]
    hidden[hidden < 0] = 0
    scores = hidden @ p["W2"] + p["b2"]
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    dscores = scores
    dscores[range(8), y] -= 1
    dscores /= 8
    grads = {"W2": hidden.T @ dscores, "b2": dscores.sum(axis=0)}
    dhidden = dscores @ p["W2"].T
    dhidden[hidden <= 0] = 0
    grads["W1"] = X.T @ dhidden
    grads["b1"] = dhidden.sum(axis=0)
    grads["W1"] += 2 * reg * p["W1"]
    grads["W2"] += 2 * reg * p["W2"]
    return grads
