"""GRU with weights on concatenated input, rows, caches in a list, dh split and added in place."""
import numpy as np

rng = np.random.RandomState(140)
T, B, D, H = 3, 2, 2, 3
x = rng.randn(T, B, D)
target = rng.randn(B, H)
params = {k: rng.randn(D + H, H) * 0.6 for k in ("Wz", "Wr", "Wh")}
params["bz"], params["br"], params["bh"] = (rng.randn(H) * 0.2 for _ in range(3))


def sigma(a):
    return 0.5 * (1 + np.tanh(0.5 * a))


def gru_step(x, h, p):
    xh = np.concatenate([x, h], axis=1)
    z = sigma(xh @ p["Wz"] + p["bz"])
    r = sigma(xh @ p["Wr"] + p["br"])
    xrh = np.concatenate([x, r * h], axis=1)
    n = np.tanh(xrh @ p["Wh"] + p["bh"])
    return (1 - z) * h + z * n, (xh, xrh, h, z, r, n)


def unroll(p):
    h, caches = np.zeros((B, H)), []
    for t in range(T):
        h, cache = gru_step(x[t], h, p)
        caches.append(cache)
    return h, caches


def loss(p):
    h, _ = unroll(p)
    return np.mean((h - target) ** 2)


def gradients(p):
    h, caches = unroll(p)
    g = {k: np.zeros_like(v) for k, v in p.items()}
    dh = 2 * (h - target) / h.size
    while caches:
        xh, xrh, h_prev, z, r, n = caches.pop()
        dn = dh * z
        dz = dh * (n - h_prev)
        dh = dh * (1 - z)
        dn *= 1 - n * n
        g["Wh"] += xrh.T @ dn
        g["bh"] += dn.sum(0)
        drh = (dn @ p["Wh"].T)[:, D:]
        dr = drh * h_prev
        dh += drh * r
        dr *= r * (1 - r)
        dz *= z * (1 - z)
        for d, k in ((dz, "z"), (dr, "r")):
            g["W" + k] += xh.T @ d
            g["b" + k] += d.sum(0)
            dh += (d @ p["W" + k].T)[:, D:]
    return g
