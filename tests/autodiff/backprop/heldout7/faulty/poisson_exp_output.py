"""Poisson regression net, exp on top; the shortcut times the exp's slope again [7b]."""
import numpy as np

np.random.seed(60)
feats = np.random.randn(9, 3)
counts = np.random.poisson(2.0, size=(9, 1)).astype(float)
params = {"w_in": np.random.randn(3, 4) * 0.5, "bias_in": np.zeros(4) + 0.1,
          "w_out": np.random.randn(4, 1) * 0.5, "bias_out": np.array([0.3])}


def predict(w_in, bias_in, w_out, bias_out):
    hidden = np.tanh(feats @ w_in + bias_in)
    rate = np.exp(hidden @ w_out + bias_out)
    return hidden, rate


def loss(params):
    _, rate = predict(**params)
    return np.mean(rate - counts * np.log(rate))


def gradients(params):
    hidden, rate = predict(**params)
    n = feats.shape[0]
    d_logit = (rate - counts) * rate / n  # fault: exp' on top of the shortcut | right: d_logit = (rate - counts) / n
    d_w_out = hidden.T @ d_logit
    d_bias_out = d_logit.sum(0)
    d_hidden = d_logit @ params["w_out"].T
    d_pre = d_hidden * (1 - np.square(hidden))
    return dict(w_in=feats.T @ d_pre, bias_in=d_pre.sum(0), w_out=d_w_out, bias_out=d_bias_out)
