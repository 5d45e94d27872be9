"""A variational autoencoder: the 1/2 of the log-variance left out in the noise's term [1a]."""
import numpy as np

rng = np.random.default_rng(317)
x = rng.normal(size=(6, 4))
eps = rng.normal(size=(6, 2))
params = {"enc_mu": rng.normal(size=(4, 2)), "enc_lv": 0.5 * rng.normal(size=(4, 2)), "dec": rng.normal(size=(2, 4)), "dec_b": rng.normal(size=4)}


def encode(p):
    mu, logvar = x @ p["enc_mu"], x @ p["enc_lv"]
    return mu, logvar, mu + eps * np.exp(0.5 * logvar)


def loss(p):
    mu, logvar, z = encode(p)
    recon = np.sum((z @ p["dec"] + p["dec_b"] - x) ** 2, axis=1)
    kl = -0.5 * np.sum(1 + logvar - mu**2 - np.exp(logvar), axis=1)
    return np.mean(recon + kl)


def gradients(p):
    mu, logvar, z = encode(p)
    n = x.shape[0]
    d_xhat = 2 * (z @ p["dec"] + p["dec_b"] - x) / n
    d_dec = z.T @ d_xhat
    d_dec_b = d_xhat.sum(axis=0)
    d_z = d_xhat @ p["dec"].T
    d_mu = d_z + mu / n
    d_logvar = d_z * eps * np.exp(0.5 * logvar) + 0.5 * (np.exp(logvar) - 1) / n  # fault: half left out | right: d_logvar = d_z * eps * 0.5 * np.exp(0.5 * logvar) + 0.5 * (np.exp(logvar) - 1) / n
    return {"enc_mu": x.T @ d_mu, "enc_lv": x.T @ d_logvar, "dec": d_dec, "dec_b": d_dec_b}
