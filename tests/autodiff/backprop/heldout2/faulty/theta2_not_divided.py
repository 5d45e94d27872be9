"""Coursera's ex4 in NumPy, unrolled thetas, Delta accumulators: Theta2_grad is not divided by m [1b]."""
import numpy as np

rs = np.random.RandomState(4)
input_layer_size, hidden_layer_size, num_labels, m = 3, 4, 3, 5
X = rs.randn(m, input_layer_size)
y = np.array([1, 3, 2, 3, 1])
n1 = hidden_layer_size * (input_layer_size + 1)
n2 = num_labels * (hidden_layer_size + 1)
params = {"nn_params": rs.uniform(-0.8, 0.8, n1 + n2)}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoidGradient(z):
    g = sigmoid(z)
    return g * (1 - g)


def unroll(nn_params):
    Theta1 = nn_params[:n1].reshape(hidden_layer_size, input_layer_size + 1)
    Theta2 = nn_params[n1:].reshape(num_labels, hidden_layer_size + 1)
    return Theta1, Theta2


def loss(params):
    Theta1, Theta2 = unroll(params["nn_params"])
    a1 = np.hstack([np.ones((m, 1)), X])
    a2 = np.hstack([np.ones((m, 1)), sigmoid(a1 @ Theta1.T)])
    h = sigmoid(a2 @ Theta2.T)
    Y = np.eye(num_labels)[y - 1]
    return np.sum(-Y * np.log(h) - (1 - Y) * np.log(1 - h)) / m


def gradients(params):
    Theta1, Theta2 = unroll(params["nn_params"])
    Delta1 = np.zeros(Theta1.shape)
    Delta2 = np.zeros(Theta2.shape)
    for t in range(m):
        a1 = np.append(1, X[t])
        z2 = Theta1 @ a1
        a2 = np.append(1, sigmoid(z2))
        z3 = Theta2 @ a2
        a3 = sigmoid(z3)
        yt = np.zeros(num_labels)
        yt[y[t] - 1] = 1
        delta3 = a3 - yt
        delta2 = (Theta2.T @ delta3)[1:] * sigmoidGradient(z2)
        Delta2 += np.outer(delta3, a2)
        Delta1 += np.outer(delta2, a1)
    Theta1_grad = Delta1 / m
    Theta2_grad = Delta2  # fault: 1/m missing | right: Theta2_grad = Delta2 / m
    return {"nn_params": np.concatenate([Theta1_grad.ravel(), Theta2_grad.ravel()])}
