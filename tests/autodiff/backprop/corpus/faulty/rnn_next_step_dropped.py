"""RNN through time, rows: the gradient from the next step is not added [4c]."""
import numpy as np

rng = np.random.default_rng(52)
N, T, D, H = 4, 3, 2, 5
x = rng.normal(size=(N, T, D))
y = rng.normal(size=(N, T, H))
params = {"Wx": rng.normal(size=(D, H)), "Wh": rng.normal(size=(H, H)) * 0.4, "b": rng.normal(size=H)}


def rnn_step_forward(xt, prev_h, Wx, Wh, b):
    next_h = np.tanh(xt.dot(Wx) + prev_h.dot(Wh) + b)
    return next_h, (xt, prev_h, Wx, Wh, next_h)


def rnn_step_backward(dnext_h, cache):
    xt, prev_h, Wx, Wh, next_h = cache
    da = dnext_h * (1 - next_h**2)
    return da.dot(Wh.T), xt.T.dot(da), prev_h.T.dot(da), da.sum(axis=0)


def loss(p):
    h = np.zeros((N, H))
    total = 0.0
    for t in range(T):
        h, _ = rnn_step_forward(x[:, t], h, p["Wx"], p["Wh"], p["b"])
        total = total + 0.5 * np.sum((h - y[:, t]) ** 2)
    return total / N


def gradients(p):
    h, caches, dhs = np.zeros((N, H)), [], []
    for t in range(T):
        h, cache = rnn_step_forward(x[:, t], h, p["Wx"], p["Wh"], p["b"])
        caches.append(cache)
        dhs.append((h - y[:, t]) / N)
    dWx, dWh, db = 0, 0, 0
    dprev_h = np.zeros((N, H))
    for t in reversed(range(T)):
        dcurrent = dhs[t]  # fault: gradient from the next step missing | right: dcurrent = dhs[t] + dprev_h
        dprev_h, dWx_t, dWh_t, db_t = rnn_step_backward(dcurrent, caches[t])
        dWx = dWx + dWx_t
        dWh = dWh + dWh_t
        db = db + db_t
    return {"dWx": dWx, "dWh": dWh, "db": db}
