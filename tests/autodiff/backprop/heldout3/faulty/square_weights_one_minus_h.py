"""Three tanh layers by for loop: the transpose of a square W is missing in the walk back, and the derivative is 1 - a [6a, 3d, 10c]."""
import numpy as np

rng = np.random.RandomState(55)
X = rng.randn(4, 5)
Y = rng.randn(4, 5)
depth = 3
params = {}
for l in range(depth):
    params[f"W{l + 1}"] = rng.randn(4, 4) * 0.5
    params[f"b{l + 1}"] = rng.randn(4, 1) * 0.2


def tanh_prime_from_output(a):
    return 1 - a  # fault: square missing | right: return 1 - a ** 2


def forward(params):
    activations = [X]
    for l in range(depth):
        activations.append(np.tanh(np.dot(params[f"W{l + 1}"], activations[-1]) + params[f"b{l + 1}"]))
    return activations


def loss(params):
    return 0.5 * np.sum(np.square(forward(params)[-1] - Y))


def gradients(params):
    activations = forward(params)
    grads = {}
    dA = activations[-1] - Y
    for l in reversed(range(depth)):
        dZ = dA * tanh_prime_from_output(activations[l + 1])
        grads[f"dW{l + 1}"] = np.dot(dZ, activations[l].T)
        grads[f"db{l + 1}"] = np.sum(dZ, axis=1, keepdims=True)
        dA = np.dot(params[f"W{l + 1}"], dZ)  # fault: transpose missing | right: dA = np.dot(params[f"W{l + 1}"].T, dZ)
    return grads
