"""Sleep and study hours; o_delta is fine, but the hidden layer gives its sum to a prime that wants the output [3a]."""
import numpy as np

# hours of sleep, hours of study -> test score
raw = np.array([[2.0, 8.0], [3.0, 4.0], [6.0, 5.0], [7.5, 1.0], [4.0, 9.0]])
scores = np.array([[88.0], [64.0], [81.0], [52.0], [95.0]])
X = raw / 10
y = scores / 100


class ExamNet:
    def __init__(self, W1, W2):
        self.W1 = W1
        self.W2 = W2

    def sigm(self, s, prime=False):
        if prime:
            return s * (1 - s)
        return 1 / (1 + np.exp(-s))

    def forward(self):
        self.sum1 = X.dot(self.W1)
        self.act1 = self.sigm(self.sum1)
        self.sum2 = self.act1.dot(self.W2)
        self.out = self.sigm(self.sum2)
        return self.out

    def backward(self):
        out = self.forward()
        o_delta = (out - y) * self.sigm(out, prime=True)
        h_error = o_delta.dot(self.W2.T)
        h_delta = h_error * self.sigm(self.sum1, prime=True)  # fault: s(1-s) at the weighted sum | right: h_delta = h_error * self.sigm(self.act1, prime=True)
        self.change2 = self.act1.T.dot(o_delta)
        self.change1 = X.T.dot(h_delta)


def loss(params):
    net = ExamNet(params["W1"], params["W2"])
    return 0.5 * np.sum((y - net.forward()) ** 2)


def gradients(params):
    net = ExamNet(params["W1"], params["W2"])
    net.backward()
    return {"W1": net.change1, "W2": net.change2}


np.random.seed(3)
params = {"W1": np.random.randn(2, 3), "W2": np.random.randn(3, 1)}
