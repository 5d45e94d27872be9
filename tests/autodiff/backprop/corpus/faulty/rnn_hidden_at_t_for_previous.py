"""RNN through time, lists: dWhh takes h[t] in place of h[t-1] [5d]."""
import numpy as np

rng = np.random.RandomState(51)
seq = [rng.randn(2) for _ in range(5)]
targets = [rng.randn(1) for _ in range(5)]
params = {"U": rng.randn(3, 2), "W": rng.randn(3, 3) * 0.5, "V": rng.randn(1, 3), "b": rng.randn(3), "c": rng.randn(1)}


def forward(p):
    states = [np.zeros(3)]
    outputs = []
    for x in seq:
        states.append(np.tanh(p["U"].dot(x) + p["W"].dot(states[-1]) + p["b"]))
        outputs.append(p["V"].dot(states[-1]) + p["c"])
    return states, outputs


def loss(p):
    _, outputs = forward(p)
    return sum(0.5 * np.sum((o - t) ** 2) for o, t in zip(outputs, targets))


def gradients(p):
    states, outputs = forward(p)
    g = {name: np.zeros_like(value) for name, value in p.items()}
    carry = np.zeros(3)
    for t in range(len(seq) - 1, -1, -1):
        h, h_prev = states[t + 1], states[t]
        do = outputs[t] - targets[t]
        g["V"] += np.outer(do, h)
        g["c"] += do
        dh = p["V"].T.dot(do) + carry
        dz = dh * (1 - h**2)
        g["b"] += dz
        g["U"] += np.outer(dz, seq[t])
        g["W"] += np.outer(dz, h)  # fault: the layer's output where its input belongs | right: g["W"] += np.outer(dz, h_prev)
        carry = p["W"].T.dot(dz)
    return g
