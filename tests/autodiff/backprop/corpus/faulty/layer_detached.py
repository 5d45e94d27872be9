"""Loop over layers: the buffer of the second layer's gradient stays zero [10b]."""
import numpy as np

rng = np.random.default_rng(41)
sizes = [3, 5, 4, 1]
X, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 1))
params = {f"W{i}": rng.normal(size=(sizes[i - 1], sizes[i])) for i in (1, 2, 3)}


def forward(params):
    acts = [X]
    for i in (1, 2, 3):
        z = acts[-1] @ params[f"W{i}"]
        acts.append(np.tanh(z) if i < 3 else z)
    return acts


def loss(params):
    return 0.5 * np.sum((forward(params)[-1] - Y) ** 2) / len(X)


def gradients(params):
    acts = forward(params)
    grads = {}
    delta = (acts[-1] - Y) / len(X)
    for i in (3, 2, 1):
        if i % 2 == 0:
            grads["W" + str(i)] = np.zeros_like(params[f"W{i}"])  # fault: layer detached, zeros | right: grads["W" + str(i)] = acts[i - 1].T @ delta
        else:
            grads["W" + str(i)] = acts[i - 1].T @ delta
        if i > 1:
            delta = (delta @ params[f"W{i}"].T) * (1 - acts[i - 1] ** 2)
    return grads
