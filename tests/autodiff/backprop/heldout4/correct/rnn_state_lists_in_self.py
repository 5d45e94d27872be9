"""RNN over a batch of sequences with a squared error at each step; gradients summed in self, states in lists."""
import numpy as np

np.random.seed(37)
T, B, I, H = 4, 3, 2, 4
xs = np.random.randn(T, B, I)
ts = np.random.randn(T, B, 1)


class RNN:
    def __init__(self, params):
        self.Wx, self.Wh, self.b = params["Wx"], params["Wh"], params["b"]
        self.Wy, self.by = params["Wy"], params["by"]
        self.dWx, self.dWh, self.db = np.zeros_like(self.Wx), np.zeros_like(self.Wh), np.zeros_like(self.b)
        self.dWy, self.dby = np.zeros_like(self.Wy), np.zeros_like(self.by)

    def forward(self, xs):
        self.hs = [np.zeros((B, H))]
        self.ys = []
        for x in xs:
            h = np.tanh(x @ self.Wx + self.hs[-1] @ self.Wh + self.b)
            self.hs.append(h)
            self.ys.append(h @ self.Wy + self.by)
        return self.ys

    def backward(self, xs, ts):
        dh_next = 0
        for t in range(T - 1, -1, -1):
            dy = (self.ys[t] - ts[t]) / B
            self.dWy += self.hs[t + 1].T @ dy
            self.dby += dy.sum(axis=0)
            dh = dy @ self.Wy.T + dh_next
            dh *= 1 - np.square(self.hs[t + 1])
            self.dWx += xs[t].T @ dh
            self.dWh += self.hs[t].T @ dh  # hs starts with the zero state, so hs[t] is the one before
            self.db += dh.sum(axis=0)
            dh_next = dh @ self.Wh.T


def loss(params):
    ys = RNN(params).forward(xs)
    return sum(np.sum((y - t) ** 2) for y, t in zip(ys, ts)) / (2 * B)


def gradients(params):
    rnn = RNN(params)
    rnn.forward(xs)
    rnn.backward(xs, ts)
    return {"dWx": rnn.dWx, "dWh": rnn.dWh, "db": rnn.db, "dWy": rnn.dWy, "dby": rnn.dby}


params = {
    "Wx": np.random.randn(I, H), "Wh": np.random.randn(H, H) * 0.5, "b": np.random.randn(H) * 0.2,
    "Wy": np.random.randn(H, 1), "by": np.random.randn(1),
}
