"""Many-to-one vanilla RNN in a class, last_hs in a dict, weights stepped on the way out of backprop."""
import numpy as np


class RNN:
    def __init__(self, Wxh, Whh, Why, bh, by):
        self.Wxh, self.Whh, self.Why, self.bh, self.by = [w.copy() for w in (Wxh, Whh, Why, bh, by)]

    def forward(self, inputs):
        h = np.zeros((self.Whh.shape[0], 1))
        self.last_inputs = inputs
        self.last_hs = {0: h}
        for i, x in enumerate(inputs):
            h = np.tanh(self.Wxh @ x + self.Whh @ h + self.bh)
            self.last_hs[i + 1] = h
        return self.Why @ h + self.by

    def backprop(self, d_y, learn_rate=1e-1):
        n = len(self.last_inputs)
        d_Why = d_y @ self.last_hs[n].T
        d_by = d_y
        d_Whh, d_Wxh, d_bh = np.zeros(self.Whh.shape), np.zeros(self.Wxh.shape), np.zeros(self.bh.shape)
        d_h = self.Why.T @ d_y
        for t in reversed(range(n)):
            temp = (1 - self.last_hs[t + 1] ** 2) * d_h
            d_bh += temp
            d_Whh += temp @ self.last_hs[t].T
            d_Wxh += temp @ self.last_inputs[t].T
            d_h = self.Whh.T @ temp
        self.Whh -= learn_rate * d_Whh
        self.Wxh -= learn_rate * d_Wxh
        self.Why -= learn_rate * d_Why
        self.bh -= learn_rate * d_bh
        self.by -= learn_rate * d_by


def softmax(xs):
    return np.exp(xs) / sum(np.exp(xs))


vocab = ["good", "bad", "not", "very"]
texts = {"good": 1, "not bad": 1, "very good": 1, "bad": 0, "not very good": 0}
np.random.seed(41)
params = {"Wxh": np.random.randn(3, 4), "Whh": np.random.randn(3, 3) * 0.6, "Why": np.random.randn(2, 3),
          "bh": np.random.randn(3, 1) * 0.1, "by": np.random.randn(2, 1) * 0.1}


def createInputs(text):
    inputs = []
    for w in text.split(" "):
        v = np.zeros((len(vocab), 1))
        v[vocab.index(w)] = 1
        inputs.append(v)
    return inputs


def loss(params):
    total = 0
    for text, target in texts.items():
        total -= np.log(softmax(RNN(**params).forward(createInputs(text)))[target])
    return total[0] / len(texts)


def gradients(params):
    grads = {k: np.zeros(v.shape) for k, v in params.items()}
    for text, target in texts.items():
        rnn = RNN(**params)
        d_L_d_y = softmax(rnn.forward(createInputs(text)))
        d_L_d_y[target] -= 1
        rnn.backprop(d_L_d_y, learn_rate=1.0)
        for k in grads:
            grads[k] += params[k] - getattr(rnn, k)
    return {k: g / len(texts) for k, g in grads.items()}
