"""Port of a MATLAB exercise, Theta1 and Theta2 with bias columns: regularises the bias column too [9b]."""
import numpy as np

rng = np.random.RandomState(203)
X = rng.randn(5, 3)
y = np.array([0, 2, 1, 1, 0])
num_labels, lambda_ = 3, 0.8
params = {"Theta1": rng.uniform(-0.5, 0.5, (4, 4)), "Theta2": rng.uniform(-0.5, 0.5, (3, 5))}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoidGradient(z):
    g = sigmoid(z)
    return g * (1 - g)


def loss(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    m = X.shape[0]
    a1 = np.concatenate([np.ones((m, 1)), X], axis=1)
    a2 = np.concatenate([np.ones((m, 1)), sigmoid(a1.dot(Theta1.T))], axis=1)
    a3 = sigmoid(a2.dot(Theta2.T))
    y_matrix = np.eye(num_labels)[y]
    reg_term = (lambda_ / (2 * m)) * (np.sum(np.square(Theta1[:, 1:])) + np.sum(np.square(Theta2[:, 1:])))
    return -1 / m * np.sum(np.log(a3) * y_matrix + np.log(1 - a3) * (1 - y_matrix)) + reg_term


def gradients(params):
    Theta1, Theta2 = params["Theta1"], params["Theta2"]
    m = X.shape[0]
    a1 = np.concatenate([np.ones((m, 1)), X], axis=1)
    z2 = a1.dot(Theta1.T)
    a2 = np.concatenate([np.ones((m, 1)), sigmoid(z2)], axis=1)
    a3 = sigmoid(a2.dot(Theta2.T))
    y_matrix = np.eye(num_labels)[y]
    delta_3 = a3 - y_matrix
    delta_2 = delta_3.dot(Theta2)[:, 1:] * sigmoidGradient(z2)
    Delta1 = delta_2.T.dot(a1)
    Delta2 = delta_3.T.dot(a2)
    Theta1_grad = 1 / m * Delta1
    Theta1_grad[:, 1:] = Theta1_grad[:, 1:] + (lambda_ / m) * Theta1[:, 1:]
    Theta2_grad = 1 / m * Delta2 + (lambda_ / m) * Theta2  # fault: decay of the bias column, not in the loss | right: Theta2_grad = 1 / m * Delta2; Theta2_grad[:, 1:] += (lambda_ / m) * Theta2[:, 1:]
    return {"Theta1_grad": Theta1_grad, "Theta2_grad": Theta2_grad}
