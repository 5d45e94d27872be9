"""Loop over samples with totals divided at the end, one total isn't, and one is taken down instead of up [1b, 10a, 10c]."""
import numpy as np

rng = np.random.RandomState(31)
data = rng.randn(6, 3)
targets = rng.rand(6)

params = {
    "weights_input_hidden": rng.randn(4, 3) * 0.7,
    "bias_hidden": rng.randn(4) * 0.2,
    "weights_hidden_output": rng.randn(4) * 0.7,
    "bias_output": rng.randn(1) * 0.2,
}


def sig(v):
    return 1.0 / (1.0 + np.exp(-v))


def run_network(p, sample):
    hidden = sig(np.dot(p["weights_input_hidden"], sample) + p["bias_hidden"])
    out = np.dot(p["weights_hidden_output"], hidden) + p["bias_output"][0]
    return hidden, out


def loss(p):
    se = 0.0
    for sample, target in zip(data, targets):
        _, out = run_network(p, sample)
        se += (out - target) ** 2
    return se / len(data)


def gradients(p):
    sum_wih = np.zeros_like(p["weights_input_hidden"])
    sum_bh = np.zeros_like(p["bias_hidden"])
    sum_who = np.zeros_like(p["weights_hidden_output"])
    sum_bo = np.zeros_like(p["bias_output"])
    for sample, target in zip(data, targets):
        hidden, out = run_network(p, sample)
        err = 2 * (out - target)
        sum_who += err * hidden
        sum_bo += err
        hidden_term = err * p["weights_hidden_output"] * hidden * (1 - hidden)
        sum_wih += np.outer(hidden_term, sample)
        sum_bh -= hidden_term  # fault: minus | right: sum_bh += hidden_term
    n = len(data)
    return {
        "weights_input_hidden": sum_wih / n,
        "bias_hidden": sum_bh / n,
        **output_grads(sum_who, sum_bo, n),
    }


def output_grads(sum_who, sum_bo, n):
    mean_who = sum_who  # fault: not divided by n | right: mean_who = sum_who / n
    mean_bo = sum_bo / n
    return {"weights_hidden_output": mean_who, "bias_output": mean_bo}
