"""Three layers as a list of pairs; on the way down the middle layer's tanh is taken for linear [4a]."""
import numpy as np

gen = np.random.default_rng(72)
signal, wanted = gen.normal(size=(6, 4)), gen.normal(size=(6, 2))
params = {}
for name, (rows, columns) in {"a": (4, 5), "b": (5, 3), "c": (3, 2)}.items():
    params["w_" + name] = gen.normal(size=(rows, columns)) * 0.6
    params["b_" + name] = gen.normal(size=columns) * 0.2


def up(p):
    first = np.tanh(signal @ p["w_a"] + p["b_a"])
    second = np.tanh(first @ p["w_b"] + p["b_b"])
    return first, second, second @ p["w_c"] + p["b_c"]


def loss(p):
    return ((up(p)[-1] - wanted) ** 2).mean()


def gradients(p):
    first, second, top = up(p)
    down_c = 2 * (top - wanted) / wanted.size
    down_b = down_c @ p["w_c"].T  # fault: tanh's slope left out | right: down_b = down_c @ p["w_c"].T * (1 - second**2)
    down_a = down_b @ p["w_b"].T * (1 - first**2)
    found = {}
    for name, below, delta in (("a", signal, down_a), ("b", first, down_b), ("c", second, down_c)):
        found["w_" + name] = below.T @ delta
        found["b_" + name] = delta.sum(axis=0)
    return found
