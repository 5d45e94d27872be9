"""makemore's exercise 1, softmax in small steps: counts_sum's way back to counts is left out [4c]."""
import numpy as np

g = np.random.default_rng(27)
n, D, H, V = 5, 4, 5, 4
X = g.normal(size=(n, D))
Yb = np.array([0, 3, 2, 1, 3])
params = {
    "W1": g.normal(size=(D, H)) * 0.5,
    "b1": g.normal(size=H) * 0.1,
    "W2": g.normal(size=(H, V)) * 0.8,
    "b2": g.normal(size=V) * 0.1,
}


def loss(p):
    h = np.tanh(X @ p["W1"] + p["b1"])
    logits = h @ p["W2"] + p["b2"]
    logits = logits - logits.max(1, keepdims=True)
    counts = np.exp(logits)
    return -np.log(counts / counts.sum(1, keepdims=True))[range(n), Yb].mean()


def gradients(p):
    hpreact = X @ p["W1"] + p["b1"]
    h = np.tanh(hpreact)
    logits = h @ p["W2"] + p["b2"]
    norm_logits = logits - logits.max(1, keepdims=True)
    counts = np.exp(norm_logits)
    counts_sum = counts.sum(1, keepdims=True)
    counts_sum_inv = counts_sum**-1
    probs = counts * counts_sum_inv

    dlogprobs = np.zeros_like(probs)
    dlogprobs[range(n), Yb] = -1.0 / n
    dprobs = (1.0 / probs) * dlogprobs
    dcounts_sum_inv = (counts * dprobs).sum(1, keepdims=True)
    dcounts_sum = (-(counts_sum**-2)) * dcounts_sum_inv
    dcounts = counts_sum_inv * dprobs  # fault: one of two ways back | right: dcounts = counts_sum_inv * dprobs + np.ones_like(counts) * dcounts_sum
    dnorm_logits = counts * dcounts
    dlogits = dnorm_logits
    dh = dlogits @ p["W2"].T
    dW2 = h.T @ dlogits
    db2 = dlogits.sum(0)
    dhpreact = (1.0 - h**2) * dh
    dW1 = X.T @ dhpreact
    db1 = dhpreact.sum(0)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
