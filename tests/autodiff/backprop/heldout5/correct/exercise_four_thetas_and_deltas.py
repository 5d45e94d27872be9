"""Per-example loop, bias column within Theta, Delta summed and the first column not regularised."""
import numpy as np

np.random.seed(400)
m, input_layer_size, hidden_layer_size, num_labels = 6, 3, 5, 3
Lambda = 1.5
X = np.sin(np.arange(1, m * input_layer_size + 1)).reshape(m, input_layer_size)
y = 1 + np.arange(1, m + 1) % num_labels
params = {
    "Theta1": np.random.randn(hidden_layer_size, input_layer_size + 1) * 0.5,
    "Theta2": np.random.randn(num_labels, hidden_layer_size + 1) * 0.5,
}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoidGradient(z):
    g = sigmoid(z)
    return g * (1 - g)


def loss(p):
    Theta1, Theta2 = p["Theta1"], p["Theta2"]
    a1 = np.hstack([np.ones((m, 1)), X])
    a2 = np.hstack([np.ones((m, 1)), sigmoid(a1.dot(Theta1.T))])
    h = sigmoid(a2.dot(Theta2.T))
    Y = (y[:, None] == np.arange(1, num_labels + 1)).astype(float)
    J = np.sum(-Y * np.log(h) - (1 - Y) * np.log(1 - h)) / m
    J += Lambda / (2 * m) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))
    return J


def gradients(p):
    Theta1, Theta2 = p["Theta1"], p["Theta2"]
    Delta1 = np.zeros(Theta1.shape)
    Delta2 = np.zeros(Theta2.shape)
    for t in range(m):
        a_1 = np.append(1, X[t])
        z_2 = Theta1.dot(a_1)
        a_2 = np.append(1, sigmoid(z_2))
        a_3 = sigmoid(Theta2.dot(a_2))
        y_t = np.zeros(num_labels)
        y_t[y[t] - 1] = 1
        d_3 = a_3 - y_t
        d_2 = Theta2.T.dot(d_3)[1:] * sigmoidGradient(z_2)
        Delta1 = Delta1 + d_2[:, None] * a_1[None, :]
        Delta2 = Delta2 + d_3[:, None] * a_2[None, :]
    Theta1_grad = Delta1 / m
    Theta2_grad = Delta2 / m
    Theta1_grad[:, 1:] += Lambda / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += Lambda / m * Theta2[:, 1:]
    return {"Theta1_grad": Theta1_grad, "Theta2_grad": Theta2_grad}
