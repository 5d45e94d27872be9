"""LSTM of two steps in dictionaries: the candidate's tanh' without the square [3d]."""
import numpy as np

rng = np.random.default_rng(228)
T, n_x, n_a, m = 2, 2, 3, 5
x = rng.normal(size=(T, n_x, m))
a_goal = rng.normal(size=(n_a, m))
params = {k: rng.normal(size=(n_a, n_a + n_x)) * 0.7 for k in ("Wf", "Wi", "Wc", "Wo")}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_forward(p):
    a, c, caches = np.zeros((n_a, m)), np.zeros((n_a, m)), []
    for t in range(T):
        concat = np.concatenate([a, x[t]], axis=0)
        ft, it, ot = sigmoid(p["Wf"] @ concat), sigmoid(p["Wi"] @ concat), sigmoid(p["Wo"] @ concat)
        cct = np.tanh(p["Wc"] @ concat)
        c_prev, c = c, ft * c + it * cct
        a = ot * np.tanh(c)
        caches.append((concat, ft, it, cct, ot, c_prev, c))
    return a, caches


def loss(p):
    return 0.5 * np.sum((lstm_forward(p)[0] - a_goal) ** 2)


def gradients(p):
    a, caches = lstm_forward(p)
    g = {"d" + k: np.zeros(v.shape) for k, v in p.items()}
    da, dc = a - a_goal, np.zeros((n_a, m))
    for concat, ft, it, cct, ot, c_prev, c in caches[::-1]:
        dot = da * np.tanh(c) * ot * (1 - ot)
        dc = dc + da * ot * (1 - np.square(np.tanh(c)))
        dcct = dc * it * (1 - cct)  # fault: tanh' written 1 - h | right: dcct = dc * it * (1 - np.square(cct))
        dit = dc * cct * it * (1 - it)
        dft = dc * c_prev * ft * (1 - ft)
        for k, d in (("dWf", dft), ("dWi", dit), ("dWc", dcct), ("dWo", dot)):
            g[k] += d @ concat.T
        da = (p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot)[:n_a]
        dc = dc * ft
    return g
