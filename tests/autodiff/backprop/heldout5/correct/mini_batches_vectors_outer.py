"""Row samples met one by one as 1-D vectors, x @ W.T and np.outer, batches summed, the mean at the end."""
import numpy as np

rand = np.random.default_rng(51)
samples = [(rand.normal(size=4), rand.normal(size=2)) for _ in range(6)]
params = {
    "W1": rand.normal(size=(5, 4)), "b1": rand.normal(size=5),
    "W2": rand.normal(size=(2, 5)), "b2": rand.normal(size=2),
}


def single_forward(p, x):
    z1 = x @ p["W1"].T + p["b1"]
    a1 = np.log(1 + np.exp(z1))      # softplus
    return z1, a1, a1 @ p["W2"].T + p["b2"]


def loss(p):
    errors = [np.sum((single_forward(p, x)[2] - t) ** 2) / 2 for x, t in samples]
    return sum(errors) / len(errors)


def single_backward(p, x, t):
    z1, a1, out = single_forward(p, x)
    e = out - t
    back = e @ p["W2"] / (1 + np.exp(-z1))
    return {"W2": np.outer(e, a1), "b2": e, "W1": np.outer(back, x), "b1": back}


def gradients(p):
    total = {name: 0 for name in p}
    for start in range(0, len(samples), 2):
        batch_grads = {name: np.zeros_like(value) for name, value in p.items()}
        for x, t in samples[start:start + 2]:
            for name, g in single_backward(p, x, t).items():
                batch_grads[name] += g
        for name in total:
            total[name] = total[name] + batch_grads[name] / len(samples)
    return total
