"""Every neuron in its own loop, like the C programs; hidden neurons forget their slope [4a]."""
import numpy as np

N_IN, N_HID, N_OUT = 2, 3, 2
patterns = [
    ([0.1, 0.9], [1.0, 0.0]),
    ([0.8, 0.3], [0.0, 1.0]),
    ([0.5, -0.6], [1.0, 1.0]),
]


def squash(x):
    return 1.0 / (1.0 + np.exp(-x))


def activate(p, x):
    hid = [0.0] * N_HID
    for j in range(N_HID):
        total = p["bh"][j]
        for i in range(N_IN):
            total += x[i] * p["wih"][i, j]
        hid[j] = squash(total)
    out = [0.0] * N_OUT
    for k in range(N_OUT):
        total = p["bo"][k]
        for j in range(N_HID):
            total += hid[j] * p["who"][j, k]
        out[k] = squash(total)
    return hid, out


def loss(p):
    err = 0.0
    for x, t in patterns:
        _, out = activate(p, x)
        for k in range(N_OUT):
            err += 0.5 * (t[k] - out[k]) ** 2
    return err


def gradients(p):
    g = {name: np.zeros_like(value) for name, value in p.items()}
    for x, t in patterns:
        hid, out = activate(p, x)

        delta_o = [0.0] * N_OUT
        for k in range(N_OUT):
            delta_o[k] = (out[k] - t[k]) * out[k] * (1.0 - out[k])

        delta_h = [0.0] * N_HID
        for j in range(N_HID):
            error = 0.0
            for k in range(N_OUT):
                error += delta_o[k] * p["who"][j, k]
            delta_h[j] = error  # fault: no h(1-h) | right: delta_h[j] = error * hid[j] * (1.0 - hid[j])

        for k in range(N_OUT):
            for j in range(N_HID):
                g["who"][j, k] += delta_o[k] * hid[j]
            g["bo"][k] += delta_o[k]
        for j in range(N_HID):
            for i in range(N_IN):
                g["wih"][i, j] += delta_h[j] * x[i]
            g["bh"][j] += delta_h[j]
    return g


random = np.random.RandomState(17)
params = {
    "wih": random.uniform(-1, 1, (N_IN, N_HID)),
    "bh": random.uniform(-1, 1, N_HID),
    "who": random.uniform(-1, 1, (N_HID, N_OUT)),
    "bo": random.uniform(-1, 1, N_OUT),
}
