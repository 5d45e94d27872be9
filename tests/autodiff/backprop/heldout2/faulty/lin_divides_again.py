"""fast.ai from the foundations, classes with .g: Mse divides by the batch, Lin's weights once more [1c]."""
import numpy as np

rng = np.random.default_rng(2019)


class T(np.ndarray):
    pass


def t(a):
    return np.array(a).view(T)


x_train, y_train = t(rng.normal(size=(6, 3))), t(rng.normal(size=6))
params = {
    "w1": rng.normal(size=(3, 5)) * 0.8,
    "b1": rng.normal(size=5),
    "w2": rng.normal(size=(5, 1)),
    "b2": rng.normal(size=1),
}


class Relu:
    def __call__(self, inp):
        self.inp = inp
        self.out = t(np.clip(inp, 0.0, None) - 0.5)
        return self.out

    def backward(self):
        self.inp.g = (self.inp > 0) * self.out.g


class Lin:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def __call__(self, inp):
        self.inp = inp
        self.out = t(inp @ self.w + self.b)
        return self.out

    def backward(self):
        self.inp.g = self.out.g @ self.w.T
        self.w.g = self.inp.T @ self.out.g / self.inp.shape[0]  # fault: 1/N twice | right: self.w.g = self.inp.T @ self.out.g
        self.b.g = self.out.g.sum(0)


class Mse:
    def __call__(self, inp, targ):
        self.inp, self.targ = inp, targ
        self.out = ((inp.squeeze() - targ) ** 2).mean()
        return self.out

    def backward(self):
        self.inp.g = 2.0 * (self.inp.squeeze() - self.targ)[..., None] / self.targ.shape[0]


class Model:
    def __init__(self, w1, b1, w2, b2):
        self.layers = [Lin(w1, b1), Relu(), Lin(w2, b2)]
        self.loss = Mse()

    def __call__(self, x, targ):
        for l in self.layers:
            x = l(x)
        return self.loss(x, targ)

    def backward(self):
        self.loss.backward()
        for l in reversed(self.layers):
            l.backward()


def loss(params):
    return Model(*(t(params[k]) for k in ("w1", "b1", "w2", "b2")))(x_train, y_train)


def gradients(params):
    w1, b1, w2, b2 = (t(params[k]) for k in ("w1", "b1", "w2", "b2"))
    model = Model(w1, b1, w2, b2)
    model(x_train, y_train)
    model.backward()
    return {"w1": w1.g, "b1": b1.g, "w2": w2.g, "b2": b2.g}
