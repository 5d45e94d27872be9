"""XOR by hand with 'errors' and 'deltas'; the derivative of the hidden layer is taken at the error [3c]."""
import numpy as np

inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
expected_output = np.array([[0], [1], [1], [0]])

inputLayerNeurons, hiddenLayerNeurons, outputLayerNeurons = 2, 3, 1
rs = np.random.RandomState(42)
params = {
    "hidden_weights": rs.uniform(-1, 1, size=(inputLayerNeurons, hiddenLayerNeurons)),
    "hidden_bias": rs.uniform(-1, 1, size=(1, hiddenLayerNeurons)),
    "output_weights": rs.uniform(-1, 1, size=(hiddenLayerNeurons, outputLayerNeurons)),
    "output_bias": rs.uniform(-1, 1, size=(1, outputLayerNeurons)),
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    return x * (1 - x)


def predict(p):
    hidden_layer_output = sigmoid(np.dot(inputs, p["hidden_weights"]) + p["hidden_bias"])
    predicted_output = sigmoid(np.dot(hidden_layer_output, p["output_weights"]) + p["output_bias"])
    return hidden_layer_output, predicted_output


def loss(params):
    _, predicted_output = predict(params)
    return 0.5 * np.sum((expected_output - predicted_output) ** 2)


def gradients(params):
    hidden_layer_output, predicted_output = predict(params)

    # Backpropagation
    error = predicted_output - expected_output
    d_predicted_output = error * sigmoid_derivative(predicted_output)

    error_hidden_layer = d_predicted_output.dot(params["output_weights"].T)
    d_hidden_layer = error_hidden_layer * sigmoid_derivative(error_hidden_layer)  # fault: derivative at the gradient | right: d_hidden_layer = error_hidden_layer * sigmoid_derivative(hidden_layer_output)

    return {
        "grad_output_weights": hidden_layer_output.T.dot(d_predicted_output),
        "grad_output_bias": np.sum(d_predicted_output, axis=0, keepdims=True),
        "grad_hidden_weights": inputs.T.dot(d_hidden_layer),
        "grad_hidden_bias": np.sum(d_hidden_layer, axis=0, keepdims=True),
    }
