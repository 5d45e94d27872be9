"""Networks out of Tensor operations: nobody writes a gradient here.

In reading order: `activations`, `functional` (the linear layer, losses), `module` (`Parameter`, `Module`), `init`,
`layers`, `three_layer` (the report's network), `optim`, `schedules`, `clipping`.
"""

from . import activations, functional, init, optim, schedules
from .clipping import clip_grad_norm_, clip_grad_value_
from .layers import Linear, ReLU, Sequential, Sigmoid, Tanh
from .module import Module, Parameter
from .three_layer import ThreeLayerNet

__all__ = [
    "Linear",
    "Module",
    "Parameter",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Tanh",
    "ThreeLayerNet",
    "activations",
    "clip_grad_norm_",
    "clip_grad_value_",
    "functional",
    "init",
    "optim",
    "schedules",
]
