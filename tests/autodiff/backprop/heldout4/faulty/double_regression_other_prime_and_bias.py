"""tanh hidden layer differentiated like a sigmoid, and the output bias gets one row per sample [2e, 3e, 10c]."""
import numpy as np

np.random.seed(71)
inp = np.linspace(-2, 2, 9).reshape(-1, 1)
out = np.cos(inp) + 0.1 * np.random.randn(9, 1)


class Regression1D:
    def __init__(self, **weights):
        self.w_ih = weights["w_ih"]
        self.b_h = weights["b_h"]
        self.w_ho = weights["w_ho"]
        self.b_o = weights["b_o"]

    def forward_pass(self, inp):
        self.inp = inp
        self.hid = np.tanh(np.dot(inp, self.w_ih) + self.b_h)
        self.pred = np.dot(self.hid, self.w_ho) + self.b_o
        return self.pred

    def get_error(self, out):
        return np.mean((self.pred - out) ** 2)

    def backward_pass(self, out):
        d_pred = 2 * (self.pred - out) / out.shape[0]
        d_hid = np.dot(d_pred, self.w_ho.T)
        d_net = d_hid * self.hid * (1 - self.hid)  # fault: derivative of the sigmoid | right: d_net = d_hid * (1 - self.hid ** 2)
        d_w_ih = np.dot(self.inp.T, d_net)
        d_b_h = np.sum(d_net, axis=0, keepdims=True)
        d_w_ho = np.dot(self.hid.T, d_pred)
        d_b_o = d_pred  # fault: not summed over samples | right: d_b_o = np.sum(d_pred, axis=0, keepdims=True)
        return {"w_ih": d_w_ih, "b_h": d_b_h, "w_ho": d_w_ho, "b_o": d_b_o}


def loss(p):
    model = Regression1D(**p)
    model.forward_pass(inp)
    return model.get_error(out)


def gradients(p):
    model = Regression1D(**p)
    model.forward_pass(inp)
    return model.backward_pass(out)


params = {
    "w_ih": np.random.randn(1, 6),
    "b_h": np.random.randn(1, 6),
    "w_ho": np.random.randn(6, 1) * 0.5,
    "b_o": np.random.randn(1, 1),
}
