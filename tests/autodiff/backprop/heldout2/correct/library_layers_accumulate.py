"""Library-like layers: parameters, gradients and derived_variables dicts, X kept in a list, softmax's Jacobian by rows."""
import numpy as np

rng = np.random.RandomState(20)
X, Y = rng.randn(5, 3), rng.dirichlet(np.ones(3), 5)
params = {
    "fc_W": rng.randn(3, 4),
    "fc_b": rng.randn(1, 4) * 0.1,
    "add_scale": rng.rand(1, 4) + 0.5,
    "out_W": rng.randn(4, 3),
    "out_b": rng.randn(1, 3) * 0.1,
}


class LayerBase:
    def __init__(self, **parameters):
        self.X = []
        self.parameters = parameters
        self.gradients = {k: np.zeros_like(v) for k, v in parameters.items()}
        self.derived_variables = {}

    def flush_gradients(self):
        for k, v in self.gradients.items():
            self.gradients[k] = np.zeros_like(v)


class FullyConnected(LayerBase):
    def __init__(self, W, b, act_fn=None):
        super().__init__(W=W, b=b)
        self.act_fn = act_fn

    def forward(self, X):
        Z = X @ self.parameters["W"] + self.parameters["b"]
        self.X.append(X)
        self.derived_variables["Z"] = Z
        return np.arcsinh(Z) if self.act_fn == "asinh" else Z

    def backward(self, dLdy):
        X, Z = self.X[-1], self.derived_variables["Z"]
        dZ = dLdy / np.sqrt(1 + Z**2) if self.act_fn == "asinh" else dLdy
        self.gradients["W"] += X.T @ dZ
        self.gradients["b"] += dZ.sum(axis=0, keepdims=True)
        return dZ @ self.parameters["W"].T


class Scale(LayerBase):
    def forward(self, X):
        self.X.append(X)
        return X * self.parameters["scale"]

    def backward(self, dLdy):
        self.gradients["scale"] += np.sum(dLdy * self.X[-1], axis=0, keepdims=True)
        return dLdy * self.parameters["scale"]


class Softmax(LayerBase):
    def forward(self, X):
        e_X = np.exp(X - np.max(X, axis=-1, keepdims=True))
        self.derived_variables["y"] = e_X / e_X.sum(axis=-1, keepdims=True)
        return self.derived_variables["y"]

    def backward(self, dLdy):
        dX = []
        for dy, y in zip(dLdy, self.derived_variables["y"]):
            y = y.reshape(-1, 1)
            dX.append(((np.diagflat(y) - y @ y.T) @ dy.reshape(-1, 1)).ravel())
        return np.array(dX)


def build(p):
    return [
        FullyConnected(p["fc_W"], p["fc_b"], "asinh"),
        Scale(scale=p["add_scale"]),
        FullyConnected(p["out_W"], p["out_b"]),
        Softmax(),
    ]


def loss(p):
    out = X
    for layer in build(p):
        out = layer.forward(out)
    return -np.sum(Y * np.log(out)) + 0.5 * np.sum((out - Y) ** 2)


def gradients(p):
    net = build(p)
    out = X
    for layer in net:
        out = layer.forward(out)
        layer.flush_gradients()
    dLdy = -Y / out + (out - Y)
    for layer in net[::-1]:
        dLdy = layer.backward(dLdy)
    return {
        "fc_W": net[0].gradients["W"],
        "fc_b": net[0].gradients["b"],
        "add_scale": net[1].gradients["scale"],
        "out_W": net[2].gradients["W"],
        "out_b": net[2].gradients["b"],
    }
