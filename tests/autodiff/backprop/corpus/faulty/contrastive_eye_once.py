"""InfoNCE: the identity taken off once, the loss has it twice [1a]."""
import numpy as np

rng = np.random.RandomState(320)
view1, view2 = rng.randn(5, 4), rng.randn(5, 4)
params = {"proj": rng.randn(4, 3), "log_t": np.array(-0.5)}


def unit(v):
    return v / np.linalg.norm(v, axis=1, keepdims=True)


def soft(s, axis):
    e = np.exp(s - s.max())
    return e / e.sum(axis=axis, keepdims=True)


def loss(p):
    s = unit(view1 @ p["proj"]) @ unit(view2 @ p["proj"]).T * np.exp(-p["log_t"])
    rows, cols = soft(s, 1), soft(s, 0)
    return -0.5 * (np.mean(np.log(np.diagonal(rows))) + np.mean(np.log(np.diagonal(cols))))


def unit_grad(v, up):
    size = np.linalg.norm(v, axis=1, keepdims=True)
    u = v / size
    return (up - u * (up * u).sum(axis=1, keepdims=True)) / size


def gradients(p):
    v1, v2 = view1 @ p["proj"], view2 @ p["proj"]
    u1, u2 = unit(v1), unit(v2)
    scale = np.exp(-p["log_t"])
    s = u1 @ u2.T * scale
    ds = 0.5 * (soft(s, 1) + soft(s, 0) - np.eye(5)) / 5  # fault: identity once | right: ds = 0.5 * (soft(s, 1) + soft(s, 0) - 2 * np.eye(5)) / 5
    d_log_t = -np.sum(ds * s)
    du1, du2 = scale * ds @ u2, scale * ds.T @ u1
    dproj = view1.T @ unit_grad(v1, du1) + view2.T @ unit_grad(v2, du2)
    return {"proj": dproj, "log_t": d_log_t}
