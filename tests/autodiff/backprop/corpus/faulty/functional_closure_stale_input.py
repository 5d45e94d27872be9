"""Backward closures built in a loop: each one sees the loop's last input [5b]."""
import numpy as np

rng = np.random.RandomState(78)
X, Y = rng.randn(5, 4), rng.randn(5, 4)
params = {"W0": rng.randn(4, 4) * 0.6, "W1": rng.randn(4, 4) * 0.6, "W2": rng.randn(4, 4) * 0.6}


def forward(p):
    tape = []
    a = X
    for i in range(3):
        a_in = a
        a = np.tanh(a_in @ p[f"W{i}"])
        tape.append(lambda g, i=i, out=a: (i, a_in.T @ (g * (1 - out**2)), (g * (1 - out**2)) @ p[f"W{i}"].T))  # fault: the closure sees the last layer's input | right: tape.append(lambda g, i=i, out=a, a_in=a_in: (i, a_in.T @ (g * (1 - out**2)), (g * (1 - out**2)) @ p[f"W{i}"].T))
    return a, tape


def loss(p):
    return 0.5 * np.sum((forward(p)[0] - Y) ** 2)


def gradients(p):
    out, tape = forward(p)
    g, grads = out - Y, {}
    for back in reversed(tape):
        i, dW, g = back(g)
        grads["dW" + str(i)] = dW
    return grads
