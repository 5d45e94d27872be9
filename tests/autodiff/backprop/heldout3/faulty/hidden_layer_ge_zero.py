"""The case-study net: the mask compares the rectified hidden layer with >= 0, which is always so [8c]."""
import numpy as np

rng = np.random.RandomState(100)
N, D, K, h = 9, 2, 3, 6
X = rng.randn(N, D)
y = np.repeat(np.arange(K), 3)
reg = 1e-2

params = {
    "W": 0.8 * rng.randn(D, h),
    "b": 0.2 * rng.randn(1, h),
    "W2": 0.8 * rng.randn(h, K),
    "b2": 0.2 * rng.randn(1, K),
}


def evaluate(params):
    hidden_layer = np.maximum(0, np.dot(X, params["W"]) + params["b"])
    scores = np.dot(hidden_layer, params["W2"]) + params["b2"]
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    return hidden_layer, probs


def loss(params):
    hidden_layer, probs = evaluate(params)
    correct_logprobs = -np.log(probs[range(N), y])
    data_loss = np.sum(correct_logprobs) / N
    reg_loss = 0.5 * reg * np.sum(params["W"] ** 2) + 0.5 * reg * np.sum(params["W2"] ** 2)
    return data_loss + reg_loss


def gradients(params):
    hidden_layer, probs = evaluate(params)

    dscores = probs
    dscores[range(N), y] -= 1
    dscores /= N

    dW2 = np.dot(hidden_layer.T, dscores)
    db2 = np.sum(dscores, axis=0, keepdims=True)
    dhidden = np.dot(dscores, params["W2"].T)
    dhidden = dhidden * (hidden_layer >= 0)  # fault: equality at zero | right: dhidden = dhidden * (hidden_layer > 0)
    dW = np.dot(X.T, dhidden)
    db = np.sum(dhidden, axis=0, keepdims=True)

    dW2 += reg * params["W2"]
    dW += reg * params["W"]
    return {"dW": dW, "db": db, "dW2": dW2, "db2": db2}
