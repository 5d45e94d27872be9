"""RNN class that sums its gradients in self over time, loss at every step."""
import numpy as np


class VanillaRNN:
    def __init__(self, p):
        self.p = p
        self.g = {k: np.zeros_like(v) for k, v in p.items()}

    def forward(self, xs):
        self.xs = xs
        self.hs = [np.zeros(self.p["Whh"].shape[0])]
        self.ys = []
        for x in xs:
            raw = self.p["Wxh"] @ x + self.p["Whh"] @ self.hs[-1] + self.p["bh"]
            self.hs.append(np.tanh(raw))
            self.ys.append(self.p["Why"] @ self.hs[-1] + self.p["by"])
        return np.array(self.ys)

    def backward(self, dys):
        dh_next = 0.0
        for t in range(len(self.xs) - 1, -1, -1):
            self.g["Why"] += np.outer(dys[t], self.hs[t + 1])
            self.g["by"] += dys[t]
            dh = self.p["Why"].T @ dys[t] + dh_next
            draw = dh * (1 - self.hs[t + 1] ** 2)
            self.g["bh"] += draw
            self.g["Wxh"] += np.outer(draw, self.xs[t])
            self.g["Whh"] += np.outer(draw, self.hs[t])
            dh_next = self.p["Whh"].T @ draw
        return self.g


rng = np.random.default_rng(9)
series = rng.normal(size=(6, 2))
wanted = np.cumsum(series, axis=0)
params = {
    "Wxh": rng.normal(size=(4, 2)) * 0.5,
    "Whh": rng.normal(size=(4, 4)) * 0.5,
    "Why": rng.normal(size=(2, 4)) * 0.5,
    "bh": rng.normal(size=4) * 0.1,
    "by": rng.normal(size=2) * 0.1,
}


def loss(p):
    return 0.5 * np.sum((VanillaRNN(p).forward(series) - wanted) ** 2)


def gradients(p):
    rnn = VanillaRNN(p)
    return rnn.backward(rnn.forward(series) - wanted)
