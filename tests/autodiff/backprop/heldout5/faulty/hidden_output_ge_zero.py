"""The mask asks whether the relu's output is >= 0, which it always is [8c]."""
import numpy as np

N, D_in, H, D_out = 8, 5, 6, 2
prng = np.random.RandomState(14)
x = prng.randn(N, D_in)
y = prng.randn(N, D_out)
params = {"w1": prng.randn(D_in, H), "w2": prng.randn(H, H), "w3": prng.randn(H, D_out)}


def predict(p):
    h1_relu = np.maximum(x.dot(p["w1"]), 0)
    h2_relu = np.maximum(h1_relu.dot(p["w2"]), 0)
    y_pred = h2_relu.dot(p["w3"])
    return h1_relu, h2_relu, y_pred


def loss(p):
    return np.square(predict(p)[-1] - y).sum()


def gradients(p):
    h1_relu, h2_relu, y_pred = predict(p)

    # Backprop to compute gradients of the weights with respect to loss
    grad_y_pred = 2.0 * (y_pred - y)
    grad_w3 = h2_relu.T.dot(grad_y_pred)
    grad_h2_relu = grad_y_pred.dot(p["w3"].T)
    grad_h2 = grad_h2_relu * (h2_relu > 0)
    grad_w2 = h1_relu.T.dot(grad_h2)
    grad_h1_relu = grad_h2.dot(p["w2"].T)
    grad_h1 = grad_h1_relu * (h1_relu >= 0)  # fault: equality at 0 | right: grad_h1 = grad_h1_relu * (h1_relu > 0)
    grad_w1 = x.T.dot(grad_h1)
    return {"grad_w1": grad_w1, "grad_w2": grad_w2, "grad_w3": grad_w3}
