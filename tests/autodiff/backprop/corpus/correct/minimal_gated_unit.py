"""A minimal gated unit through time, hidden states in a list of dictionaries."""
import numpy as np

rng = np.random.default_rng(305)
steps, batch, n_in, n_hid = 3, 4, 2, 3
seq = rng.normal(size=(steps, batch, n_in))
want = rng.normal(size=(batch, n_hid))
params = {
    "Uf": rng.normal(size=(n_hid, n_hid)) * 0.5,
    "Wf": rng.normal(size=(n_in, n_hid)),
    "Uh": rng.normal(size=(n_hid, n_hid)) * 0.5,
    "Wh": rng.normal(size=(n_in, n_hid)),
}


def sigm(v):
    return 1 / (1 + np.exp(-v))


def unroll(P):
    h, tape = np.zeros((batch, n_hid)), []
    for x in seq:
        f = sigm(x @ P["Wf"] + h @ P["Uf"])
        cand = np.tanh(x @ P["Wh"] + (f * h) @ P["Uh"])
        new = (1 - f) * h + f * cand
        tape.append({"x": x, "prev": h, "f": f, "cand": cand})
        h = new
    return h, tape


def loss(P):
    return 0.5 * np.mean(np.sum((unroll(P)[0] - want) ** 2, axis=1))


def gradients(P):
    h, tape = unroll(P)
    out = {k: np.zeros_like(v) for k, v in P.items()}
    dh = (h - want) / batch
    while tape:
        s = tape.pop()
        df = dh * (s["cand"] - s["prev"])
        dcand = dh * s["f"] * (1 - s["cand"] ** 2)
        dfh = dcand @ P["Uh"].T
        df = df + dfh * s["prev"]
        dpre = df * s["f"] * (1 - s["f"])
        out["Uh"] += (s["f"] * s["prev"]).T @ dcand
        out["Wh"] += s["x"].T @ dcand
        out["Uf"] += s["prev"].T @ dpre
        out["Wf"] += s["x"].T @ dpre
        dh = dh * (1 - s["f"]) + dfh * s["f"] + dpre @ P["Uf"].T
    return out
