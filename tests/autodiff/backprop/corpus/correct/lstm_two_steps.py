"""LSTM with stacked gates over two steps, slices of one array as gates."""
import numpy as np

rng = np.random.default_rng(123)
H = 3
xs = rng.normal(size=(2, 5, 2))
goal = rng.normal(size=(5, H))
params = {"Wx": rng.normal(size=(2, 4 * H)) * 0.5, "Wh": rng.normal(size=(H, 4 * H)) * 0.5, "b": rng.normal(size=4 * H) * 0.1}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step(x, h, c, p):
    a = x @ p["Wx"] + h @ p["Wh"] + p["b"]
    i, f, o, g = sigmoid(a[:, :H]), sigmoid(a[:, H : 2 * H]), sigmoid(a[:, 2 * H : 3 * H]), np.tanh(a[:, 3 * H :])
    next_c = f * c + i * g
    next_h = o * np.tanh(next_c)
    return next_h, next_c, (x, h, c, i, f, o, g, next_c)


def forward(p):
    h, c, caches = np.zeros((5, H)), np.zeros((5, H)), []
    for x in xs:
        h, c, cache = step(x, h, c, p)
        caches.append(cache)
    return h, caches


def loss(p):
    return np.mean((forward(p)[0] - goal) ** 2)


def gradients(p):
    h_last, caches = forward(p)
    dWx, dWh, db = np.zeros_like(p["Wx"]), np.zeros_like(p["Wh"]), np.zeros_like(p["b"])
    dh, dc = 2 * (h_last - goal) / goal.size, np.zeros((5, H))
    for x, h, c, i, f, o, g, next_c in reversed(caches):
        tc = np.tanh(next_c)
        dc = dc + dh * o * (1 - tc**2)
        da = np.hstack([dc * g * i * (1 - i), dc * c * f * (1 - f), dh * tc * o * (1 - o), dc * i * (1 - g**2)])
        dWx += x.T @ da
        dWh += h.T @ da
        db += da.sum(axis=0)
        dh = da @ p["Wh"].T
        dc = dc * f
    return {"Wx": dWx, "Wh": dWh, "b": db}
