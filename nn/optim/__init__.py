"""Optimizers: rules that change parameters in place, given their gradients.

In reading order: `groups` (the options of some parameters), `blocks` (parameters that are stepped together),
`optimizer` (what all share), then the rules: `sgd`, `adagrad`, `rmsprop`, `adam`, and `lbfgs` with its `line_search`.
Names, arguments and defaults are PyTorch's, and so are those of the state, so that state dicts carry over.
"""

from .adagrad import Adagrad
from .adam import Adam, AdamW
from .groups import ParamGroup
from .lbfgs import LBFGS
from .optimizer import Optimizer
from .rmsprop import RMSprop
from .sgd import SGD

__all__ = ["LBFGS", "SGD", "Adagrad", "Adam", "AdamW", "Optimizer", "ParamGroup", "RMSprop"]
