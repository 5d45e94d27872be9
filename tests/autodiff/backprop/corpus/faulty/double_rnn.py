"""RNN through time: tanh' forgotten on the way to h[t-1], and by's gradient halved [4b, 1a, 10c]."""
import numpy as np

rng = np.random.default_rng(70)
xs = rng.normal(size=(4, 2, 1))
ts = rng.normal(size=(4, 2, 1))
params = {"w_ih": rng.normal(size=(3, 2)), "w_hh": rng.normal(size=(3, 3)) * 0.5, "w_ho": rng.normal(size=(2, 3)), "b_o": rng.normal(size=(2, 1))}


def unroll(p):
    hs, outs = [np.zeros((3, 1))], []
    for x in xs:
        hs.append(np.tanh(p["w_ih"] @ x + p["w_hh"] @ hs[-1]))
        outs.append(p["w_ho"] @ hs[-1] + p["b_o"])
    return hs, outs


def loss(p):
    _, outs = unroll(p)
    return sum(np.sum((o - t) ** 2) for o, t in zip(outs, ts))


def gradients(p):
    hs, outs = unroll(p)
    g_ih, g_hh, g_ho, g_bo = (np.zeros_like(p[k]) for k in ("w_ih", "w_hh", "w_ho", "b_o"))
    dh_next = np.zeros((3, 1))
    for t in range(len(xs) - 1, -1, -1):
        do = 2 * (outs[t] - ts[t])
        g_ho += do @ hs[t + 1].T
        g_bo += do / 2  # fault: halved | right: g_bo += do
        dh = p["w_ho"].T @ do + dh_next
        dz = dh * (1 - hs[t + 1] ** 2)
        g_ih += dz @ xs[t].T
        g_hh += dz @ hs[t].T
        dh_next = p["w_hh"].T @ dh  # fault: tanh' left out on the way to the last step | right: dh_next = p["w_hh"].T @ dz
    return {"w_ih": g_ih, "w_hh": g_hh, "w_ho": g_ho, "b_o": g_bo}
