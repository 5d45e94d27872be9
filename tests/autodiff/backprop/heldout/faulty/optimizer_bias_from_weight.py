"""Layer with a pending update, rows: the bias gradient averaged out of the weight's gradient [2d]."""
import numpy as np

R = np.random.default_rng(225)
feats, vals = R.normal(size=(8, 2)), R.normal(size=(8, 3))
params = {"kernel": R.normal(size=(2, 3)), "bias": R.normal(size=3)}


class FullyConnected:
    def __init__(self, kernel, bias):
        self._theta = kernel, bias
        self._saved = {}

    def __call__(self, batch):
        kernel, bias = self._theta
        self._saved["batch"] = batch
        return np.tanh(batch @ kernel + bias)

    def vjp(self, cotangent, output):
        pre_bar = cotangent * (1 - output**2)
        kernel_bar = self._saved["batch"].T @ pre_bar
        bias_bar = kernel_bar.mean(axis=0)  # fault: derived from dW in place of dZ | right: bias_bar = pre_bar.sum(axis=0)
        return kernel_bar, bias_bar


def loss(params):
    return np.abs(FullyConnected(params["kernel"], params["bias"])(feats) - vals).mean()


def gradients(params):
    layer = FullyConnected(params["kernel"], params["bias"])
    output = layer(feats)
    kernel_bar, bias_bar = layer.vjp(np.sign(output - vals) / vals.size, output)
    return {"kernel": kernel_bar, "bias": bias_bar}
