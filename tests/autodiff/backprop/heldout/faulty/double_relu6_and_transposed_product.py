"""relu clipped at 6 with `>=` on the activation, and a product the wrong way round [8c, 6a, 10c]."""
import numpy as np

rng = np.random.default_rng(237)
frames, poses = rng.normal(size=(7, 4)), rng.normal(size=(7, 3))
params = {"enc": rng.normal(size=(4, 3)), "dec": rng.normal(size=(3, 3))}


def relu6(v):
    return np.minimum(np.maximum(v, 0), 6)


def loss(params):
    code = relu6(frames.dot(params["enc"]))
    return np.sum((code.dot(params["dec"]) - poses) ** 2)


def gradients(params):
    code = relu6(frames.dot(params["enc"]))
    gap = 2 * (code.dot(params["dec"]) - poses)
    dec_grad = gap.T.dot(code)  # fault: product transposed | right: dec_grad = code.T.dot(gap)
    code_grad = gap.dot(params["dec"].T)
    code_grad = code_grad * ((code >= 0) & (code < 6))  # fault: `>=` at 0, true for every activation | right: code_grad = code_grad * ((code > 0) & (code < 6))
    enc_grad = frames.T.dot(code_grad)
    return {"enc_grad": enc_grad, "dec_grad": dec_grad}
