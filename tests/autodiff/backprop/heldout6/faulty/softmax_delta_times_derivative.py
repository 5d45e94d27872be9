"""Softmax classifier with hidden layer trained by loops; the output delta keeps the o(1-o) of the earlier sigmoid version [7b]."""
import numpy as np

rng = np.random.RandomState(6)
samples = rng.randn(5, 3)
classes = [0, 1, 2, 1, 0]
params = {"w_ih": rng.randn(3, 4), "w_ho": rng.randn(4, 3)}


class Classifier:
    def __init__(self, params):
        self.w_ih = params["w_ih"]
        self.w_ho = params["w_ho"]
        self.hidden = np.zeros(4)
        self.out = np.zeros(3)

    def run(self, x):
        self.x = x
        for j in range(4):
            s = 0.0
            for i in range(3):
                s += x[i] * self.w_ih[i, j]
            self.hidden[j] = np.tanh(s)
        scores = np.zeros(3)
        for k in range(3):
            for j in range(4):
                scores[k] += self.hidden[j] * self.w_ho[j, k]
        self.out = np.exp(scores) / np.exp(scores).sum()
        return self.out

    def backpropagate(self, target):
        output_deltas = np.zeros(3)
        for k in range(3):
            error = self.out[k] - (1.0 if k == target else 0.0)
            output_deltas[k] = error * self.out[k] * (1 - self.out[k])  # fault: the derivative is in p - y already | right: output_deltas[k] = error
        hidden_deltas = np.zeros(4)
        for j in range(4):
            error = 0.0
            for k in range(3):
                error += output_deltas[k] * self.w_ho[j, k]
            hidden_deltas[j] = error * (1 - self.hidden[j] ** 2)
        g_ho = np.zeros((4, 3))
        for j in range(4):
            for k in range(3):
                g_ho[j, k] = output_deltas[k] * self.hidden[j]
        g_ih = np.zeros((3, 4))
        for i in range(3):
            for j in range(4):
                g_ih[i, j] = hidden_deltas[j] * self.x[i]
        return g_ih, g_ho


def loss(params):
    clf = Classifier(params)
    return -sum(np.log(clf.run(x)[c]) for x, c in zip(samples, classes))


def gradients(params):
    clf = Classifier(params)
    total_ih, total_ho = np.zeros((3, 4)), np.zeros((4, 3))
    for x, c in zip(samples, classes):
        clf.run(x)
        g_ih, g_ho = clf.backpropagate(c)
        total_ih += g_ih
        total_ho += g_ho
    return {"w_ih": total_ih, "w_ho": total_ho}
