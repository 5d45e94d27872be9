"""Old-school scalar loops, one sample after the other; the input weights' change takes the hidden value [5d]."""
import numpy as np
rnd = np.random.RandomState(3)

NI, NH, NO = 3, 4, 2
patterns = [(rnd.uniform(-1, 1, NI), rnd.uniform(0, 1, NO)) for _ in range(5)]
params = {"wi": rnd.uniform(-1, 1, (NI, NH)), "wo": rnd.uniform(-1, 1, (NH, NO))}


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def update(wi, wo, inputs):
    ah = [0.0] * NH
    ao = [0.0] * NO
    for j in range(NH):
        total = 0.0
        for i in range(NI):
            total = total + inputs[i] * wi[i][j]
        ah[j] = sigmoid(total)
    for k in range(NO):
        total = 0.0
        for j in range(NH):
            total = total + ah[j] * wo[j][k]
        ao[k] = sigmoid(total)
    return ah, ao


def loss(params):
    error = 0.0
    for inputs, targets in patterns:
        _, ao = update(params["wi"], params["wo"], inputs)
        for k in range(NO):
            error = error + 0.5 * (targets[k] - ao[k]) ** 2
    return error


def gradients(params):
    wi, wo = params["wi"], params["wo"]
    ci = np.zeros_like(wi)
    co = np.zeros_like(wo)
    for inputs, targets in patterns:
        ah, ao = update(wi, wo, inputs)
        # error terms for output
        output_deltas = [0.0] * NO
        for k in range(NO):
            output_deltas[k] = (ao[k] - targets[k]) * ao[k] * (1 - ao[k])
        # error terms for hidden
        hidden_deltas = [0.0] * NH
        for j in range(NH):
            error = 0.0
            for k in range(NO):
                error = error + output_deltas[k] * wo[j][k]
            hidden_deltas[j] = error * ah[j] * (1 - ah[j])
        for j in range(NH):
            for k in range(NO):
                co[j][k] += output_deltas[k] * ah[j]
        for i in range(NI):
            for j in range(NH):
                ci[i][j] += hidden_deltas[j] * ah[i]  # fault: the layer's output for its input | right: ci[i][j] += hidden_deltas[j] * inputs[i]
    return {"wi": ci, "wo": co}
