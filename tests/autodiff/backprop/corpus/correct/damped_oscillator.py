"""Least squares of a damped oscillation, with partial derivatives as lambdas in a table."""
import numpy as np

time = np.linspace(0, 3, 12)
data = 1.7 * np.exp(-0.5 * time) * np.cos(3.1 * time + 0.4) + 0.05 * np.sin(40 * time)
params = {"amp": np.array(1.5), "rate": np.array(0.4), "omega": np.array(3.0), "phase": np.array(0.3)}


def model(p):
    return p["amp"] * np.exp(-p["rate"] * time) * np.cos(p["omega"] * time + p["phase"])


def loss(p):
    return 0.5 * np.sum((model(p) - data) ** 2)


PARTIALS = {
    "amp": lambda p, m: m / p["amp"],
    "rate": lambda p, m: -time * m,
    "omega": lambda p, m: -time * p["amp"] * np.exp(-p["rate"] * time) * np.sin(p["omega"] * time + p["phase"]),
    "phase": lambda p, m: -p["amp"] * np.exp(-p["rate"] * time) * np.sin(p["omega"] * time + p["phase"]),
}


def gradients(p):
    m = model(p)
    residual = m - data
    return {name: np.sum(residual * partial(p, m)) for name, partial in PARTIALS.items()}
