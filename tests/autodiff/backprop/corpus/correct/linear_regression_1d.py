"""Linear regression through scalars m and c, one sample at a time."""
import numpy as np

x = np.array([0.1, 0.9, 1.7, 2.2, 3.6])
y = np.array([1.1, 2.3, 4.1, 4.9, 8.2])
params = {"m": np.array(0.7), "c": np.array(-0.3)}


def loss(params):
    total_error = 0
    for i in range(len(x)):
        total_error += (y[i] - (params["m"] * x[i] + params["c"])) ** 2
    return total_error / float(len(x))


def gradients(params):
    b_gradient = 0
    m_gradient = 0
    N = float(len(x))
    for i in range(len(x)):
        b_gradient += -(2 / N) * (y[i] - ((params["m"] * x[i]) + params["c"]))
        m_gradient += -(2 / N) * x[i] * (y[i] - ((params["m"] * x[i]) + params["c"]))
    return {"m": m_gradient, "c": b_gradient}
