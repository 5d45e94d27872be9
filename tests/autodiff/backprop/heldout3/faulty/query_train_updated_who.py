"""Train method that steps the weights and gives back how far they went; who is stepped too early [5c]."""
import numpy as np

lr = 0.3
inputs_list = np.array([[0.9, 0.1, 0.8], [0.2, 0.6, 0.4], [0.5, 0.5, 0.1], [0.3, 0.8, 0.95]])
targets_list = np.array([[0.9, 0.1], [0.2, 0.7], [0.6, 0.6], [0.1, 0.99]])

rng = np.random.RandomState(0)
params = {"wih": rng.normal(0.0, 0.6, (3, 3)), "who": rng.normal(0.0, 0.6, (2, 3))}


def activation_function(x):
    return 1 / (1 + np.exp(-x))


def query(wih, who):
    inputs = inputs_list.T
    hidden_outputs = activation_function(np.dot(wih, inputs))
    final_outputs = activation_function(np.dot(who, hidden_outputs))
    return hidden_outputs, final_outputs


def loss(params):
    final_outputs = query(params["wih"], params["who"])[1]
    return 0.5 * np.sum((targets_list.T - final_outputs) ** 2)


def gradients(params):
    wih = params["wih"].copy()
    who = params["who"].copy()
    old_wih = wih.copy()
    old_who = who.copy()
    inputs = inputs_list.T
    targets = targets_list.T

    hidden_outputs, final_outputs = query(wih, who)

    # output layer error is the (target - actual)
    output_errors = targets - final_outputs
    output_delta = output_errors * final_outputs * (1.0 - final_outputs)
    who += lr * np.dot(output_delta, hidden_outputs.T)

    # errors split by weights, recombined at hidden nodes
    hidden_errors = np.dot(who.T, output_delta)  # fault: who has been stepped already | right: hidden_errors = np.dot(old_who.T, output_delta)
    hidden_delta = hidden_errors * hidden_outputs * (1.0 - hidden_outputs)
    wih += lr * np.dot(hidden_delta, inputs.T)

    return {"wih": (old_wih - wih) / lr, "who": (old_who - who) / lr}
