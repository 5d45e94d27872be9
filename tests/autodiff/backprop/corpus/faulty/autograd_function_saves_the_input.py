"""Function classes with ctx: tanh saves its input, backward takes it for the result [5d]."""
import numpy as np

rng = np.random.default_rng(301)
inputs, targets = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
params = {"weight1": rng.normal(size=(4, 3)), "bias1": rng.normal(size=4), "weight2": rng.normal(size=(2, 4)), "bias2": rng.normal(size=2)}


class Ctx:
    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors


class Linear:
    @staticmethod
    def forward(ctx, input, weight, bias):
        ctx.save_for_backward(input, weight)
        return input @ weight.T + bias

    @staticmethod
    def backward(ctx, grad_output):
        input, weight = ctx.saved_tensors
        grad_input = grad_output @ weight
        grad_weight = grad_output.T @ input
        grad_bias = grad_output.sum(0)
        return grad_input, grad_weight, grad_bias


class Tanh:
    @staticmethod
    def forward(ctx, input):
        result = np.tanh(input)
        ctx.save_for_backward(input)  # fault: input saved, backward needs the result | right: ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad_output):
        (result,) = ctx.saved_tensors
        return grad_output * (1 - result**2)


class MSELoss:
    @staticmethod
    def forward(ctx, input, target):
        ctx.save_for_backward(input, target)
        return ((input - target) ** 2).mean()

    @staticmethod
    def backward(ctx):
        input, target = ctx.saved_tensors
        return 2.0 * (input - target) / input.size


def run(p):
    ctxs = [Ctx() for _ in range(4)]
    h = Linear.forward(ctxs[0], inputs, p["weight1"], p["bias1"])
    h = Tanh.forward(ctxs[1], h)
    out = Linear.forward(ctxs[2], h, p["weight2"], p["bias2"])
    return MSELoss.forward(ctxs[3], out, targets), ctxs


def loss(p):
    return run(p)[0]


def gradients(p):
    _, (c1, c2, c3, c4) = run(p)
    grad = MSELoss.backward(c4)
    grad, w2, b2 = Linear.backward(c3, grad)
    grad = Tanh.backward(c2, grad)
    _, w1, b1 = Linear.backward(c1, grad)
    return {"weight1": w1, "bias1": b1, "weight2": w2, "bias2": b2}
