"""Small CNN class by class: 3x3 filters in loops, max pool by recomputed argmax, softmax dense that flattens itself."""
import numpy as np

rng = np.random.default_rng(33)
image = rng.normal(size=(6, 6))
label = 2
params = {
    "filters": rng.normal(size=(2, 3, 3)) / 3,
    "weights": rng.normal(size=(8, 3)) * 0.5,
    "biases": rng.normal(size=3) * 0.1,
}


class Conv3x3:
    def __init__(self, filters):
        self.filters = filters

    def iterate_regions(self, image):
        h, w = image.shape
        for i in range(h - 2):
            for j in range(w - 2):
                yield image[i : (i + 3), j : (j + 3)], i, j

    def forward(self, input):
        self.last_input = input
        h, w = input.shape
        output = np.zeros((h - 2, w - 2, len(self.filters)))
        for im_region, i, j in self.iterate_regions(input):
            output[i, j] = np.sum(im_region * self.filters, axis=(1, 2))
        return output

    def backprop(self, d_L_d_out):
        d_L_d_filters = np.zeros(self.filters.shape)
        for im_region, i, j in self.iterate_regions(self.last_input):
            for f in range(len(self.filters)):
                d_L_d_filters[f] += d_L_d_out[i, j, f] * im_region
        return d_L_d_filters


class MaxPool2:
    def iterate_regions(self, image):
        h, w, _ = image.shape
        for i in range(h // 2):
            for j in range(w // 2):
                yield image[(i * 2) : (i * 2 + 2), (j * 2) : (j * 2 + 2)], i, j

    def forward(self, input):
        self.last_input = input
        h, w, num_filters = input.shape
        output = np.zeros((h // 2, w // 2, num_filters))
        for im_region, i, j in self.iterate_regions(input):
            output[i, j] = np.amax(im_region, axis=(0, 1))
        return output

    def backprop(self, d_L_d_out):
        d_L_d_input = np.zeros(self.last_input.shape)
        for im_region, i, j in self.iterate_regions(self.last_input):
            h, w, f = im_region.shape
            amax = np.amax(im_region, axis=(0, 1))
            for i2 in range(h):
                for j2 in range(w):
                    for f2 in range(f):
                        if im_region[i2, j2, f2] == amax[f2]:
                            d_L_d_input[i * 2 + i2, j * 2 + j2, f2] = d_L_d_out[i, j, f2]
        return d_L_d_input


class Softmax:
    def __init__(self, weights, biases):
        self.weights = weights
        self.biases = biases

    def forward(self, input):
        self.last_input_shape = input.shape
        input = input.flatten()
        self.last_input = input
        totals = np.dot(input, self.weights) + self.biases
        self.last_totals = totals
        exp = np.exp(totals)
        return exp / np.sum(exp, axis=0)

    def backprop(self, d_L_d_out):
        for i, gradient in enumerate(d_L_d_out):
            if gradient == 0:
                continue
            t_exp = np.exp(self.last_totals)
            S = np.sum(t_exp)
            d_out_d_t = -t_exp[i] * t_exp / (S**2)
            d_out_d_t[i] = t_exp[i] * (S - t_exp[i]) / (S**2)
            d_L_d_t = gradient * d_out_d_t
            d_L_d_w = self.last_input[np.newaxis].T @ d_L_d_t[np.newaxis]
            d_L_d_b = d_L_d_t * 1
            d_L_d_inputs = self.weights @ d_L_d_t
            return d_L_d_w, d_L_d_b, d_L_d_inputs.reshape(self.last_input_shape)


def build(p):
    return Conv3x3(p["filters"]), MaxPool2(), Softmax(p["weights"], p["biases"])


def loss(p):
    conv, pool, softmax = build(p)
    return -np.log(softmax.forward(pool.forward(conv.forward(image)))[label])


def gradients(p):
    conv, pool, softmax = build(p)
    out = softmax.forward(pool.forward(conv.forward(image)))
    gradient = np.zeros(3)
    gradient[label] = -1 / out[label]
    dw, db, gradient = softmax.backprop(gradient)
    gradient = pool.backprop(gradient)
    return {"filters": conv.backprop(gradient), "weights": dw, "biases": db}
