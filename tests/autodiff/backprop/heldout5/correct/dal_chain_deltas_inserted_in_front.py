"""No shortcut: the log cost's slope at AL, then sigmoid's; deltas are put in front of a list."""
import numpy as np

np.random.seed(38)
topology = [3, 4, 4, 1]
X = np.random.randn(10, 3)
y = np.random.randint(0, 2, 10)
params = {}
for i in range(3):
    params["W%d" % (i + 1)] = np.random.randn(topology[i], topology[i + 1])
    params["b%d" % (i + 1)] = np.random.randn(topology[i + 1])


def sig(t):
    return 1 / (1 + np.exp(-t))


def all_layers(p):
    acts = [X]
    for i in range(1, 4):
        acts.append(sig(acts[-1].dot(p["W%d" % i]) + p["b%d" % i]))
    return acts


def loss(p):
    y_hat = all_layers(p)[-1].ravel()
    return -np.mean(np.where(y == 1, np.log(y_hat), np.log(1 - y_hat)))


def gradients(p):
    acts = all_layers(p)
    Y = y[:, None]
    dAL = -(Y / acts[3] - (1 - Y) / (1 - acts[3]))
    deltas = [dAL * acts[3] * (1 - acts[3])]
    for i in (3, 2):
        deltas.insert(0, deltas[0].dot(p["W%d" % i].T) * acts[i - 1] * (1 - acts[i - 1]))
    grads = {}
    for i, (a, delta) in enumerate(zip(acts, deltas), 1):
        grads["dW%d" % i] = np.average(a[:, :, None] * delta[:, None, :], axis=0)
        grads["db%d" % i] = delta.mean(axis=0)
    return grads
