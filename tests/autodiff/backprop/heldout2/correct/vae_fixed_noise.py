"""Variational autoencoder, one script: fixed noise, logvar, Bernoulli output, -1/2 of the KL kept in its gradients."""
import numpy as np

rng = np.random.RandomState(2013)
x = (rng.rand(5, 4) > 0.5).astype(float)
eps = rng.randn(5, 2)
params = {
    "W_e": rng.randn(4, 3) * 0.6,
    "b_e": rng.randn(3) * 0.1,
    "W_mu": rng.randn(3, 2) * 0.6,
    "W_lv": rng.randn(3, 2) * 0.6,
    "W_d": rng.randn(2, 4) * 0.6,
    "b_d": rng.randn(4) * 0.1,
}


def encode(p):
    h = np.tanh(x @ p["W_e"] + p["b_e"])
    return h, h @ p["W_mu"], h @ p["W_lv"]


def decode(z, p):
    return 1 / (1 + np.exp(-(z @ p["W_d"] + p["b_d"])))


def loss(p):
    _, mu, logvar = encode(p)
    x_hat = decode(mu + np.exp(0.5 * logvar) * eps, p)
    bce = -np.sum(x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat))
    kl = -0.5 * np.sum(1 + logvar - mu**2 - np.exp(logvar))
    return (bce + kl) / len(x)


def gradients(p):
    h, mu, logvar = encode(p)
    std = np.exp(logvar * 0.5)
    z = mu + std * eps
    x_hat = decode(z, p)
    # decoder
    dout = x_hat - x
    dW_d = z.T @ dout
    db_d = dout.sum(0)
    dz = dout @ p["W_d"].T
    # reparametrisation, and the KL
    dmu = dz + mu
    dlogvar = dz * eps * 0.5 * std
    dlogvar -= 0.5 * (1 - np.exp(logvar))
    # encoder
    dW_mu = h.T @ dmu
    dW_lv = h.T @ dlogvar
    dh = dmu @ p["W_mu"].T
    dh += dlogvar @ p["W_lv"].T
    dh *= 1 - np.square(h)
    dW_e = x.T @ dh
    db_e = dh.sum(0)
    grads = {"W_e": dW_e, "b_e": db_e, "W_mu": dW_mu, "W_lv": dW_lv, "W_d": dW_d, "b_d": db_d}
    for k in grads:
        grads[k] /= len(x)
    return grads
