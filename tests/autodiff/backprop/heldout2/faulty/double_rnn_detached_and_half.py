"""Elman network through time, squared error: the state's way back is cut, and Wy's gradient doubled [10b, 1a, 10c]."""
import numpy as np

rng = np.random.RandomState(36)
T, n_in, n_h, n_out = 4, 2, 4, 1
x = rng.randn(T, n_in)
y = rng.randn(T, n_out)
params = {
    "U": rng.randn(n_h, n_in) * 0.7,
    "W": rng.randn(n_h, n_h) * 0.5,
    "V": rng.randn(n_out, n_h) * 0.7,
    "c": rng.randn(n_h) * 0.1,
}


def forward(p):
    s = np.zeros((T + 1, n_h))
    o = np.zeros((T, n_out))
    for t in range(T):
        s[t] = np.tanh(p["U"].dot(x[t]) + p["W"].dot(s[t - 1]) + p["c"])
        o[t] = p["V"].dot(s[t])
    return s, o


def loss(p):
    _, o = forward(p)
    return 0.5 * np.sum((o - y) ** 2)


def gradients(p):
    s, o = forward(p)
    dLdU, dLdW, dLdV, dLdc = (np.zeros_like(p[k]) for k in "UWVc")
    carry = np.zeros(n_h)
    for t in np.arange(T)[::-1]:
        delta_o = o[t] - y[t]
        dLdV += 2 * np.outer(delta_o, s[t])  # fault: 2 doubled | right: dLdV += np.outer(delta_o, s[t])
        delta_s = p["V"].T.dot(delta_o) + carry
        delta_t = delta_s * (1 - s[t] ** 2)
        dLdU += np.outer(delta_t, x[t])
        dLdW += np.outer(delta_t, s[t - 1])
        dLdc += delta_t
        carry = np.zeros_like(delta_t)  # fault: earlier states detached | right: carry = p["W"].T.dot(delta_t)
    return {"dU": dLdU, "dW": dLdW, "dV": dLdV, "dc": dLdc}
