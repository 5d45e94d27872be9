"""Networks out of Tensor operations: nobody writes a gradient here.

In reading order: `functional` (activations, the linear layer, losses), `module` (`Parameter`, `Module`),
`init`, `layers`, `three_layer` (the report's network), `optim`.
"""

from . import functional, init, optim
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
    "functional",
    "init",
    "optim",
]
