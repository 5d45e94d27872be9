"""A class whose train step adds to its weights: error is y minus output, the caller turns the sign."""
import numpy as np

bits = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
wanted = np.array([[0.0], [1.0], [1.0], [0.0]])


def logistic(t, deriv=False):
    # with deriv=True t has to be a logistic already
    return t * (1 - t) if deriv else 1 / (1 + np.exp(-t))


class TwoLayers:
    def __init__(self, p):
        self.first = np.array(p["first"])
        self.second = np.array(p["second"])

    def run(self):
        self.mid = logistic(bits @ self.first)
        self.end = logistic(self.mid @ self.second)
        return self.end

    def improve(self):
        miss = wanted - self.run()
        push_end = 2 * miss * logistic(self.end, deriv=True)
        push_mid = (push_end @ self.second.T) * logistic(self.mid, deriv=True)
        self.second += self.mid.T @ push_end
        self.first += bits.T @ push_mid


def loss(params):
    return np.sum((wanted - TwoLayers(params).run()) ** 2)


def gradients(params):
    net = TwoLayers(params)
    net.improve()
    # improve() goes downhill
    return {"first": params["first"] - net.first, "second": params["second"] - net.second}


np.random.seed(16)
params = {"first": np.random.randn(3, 4), "second": np.random.randn(4, 1)}
