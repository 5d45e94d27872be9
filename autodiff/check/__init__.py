"""Checks of derivatives: against difference quotients, which know nothing of rules and graphs.

In reading order: `differences` (numerical derivatives that say how far they may be off), `coordinates`
(arrays and tuples of arrays as vectors of real numbers), `problem` (a function and its Jacobian by three
methods), `gradcheck` (the comparison), `backprop` (hand-written backpropagation, line by line).
"""

from .backprop import BackpropError, BackpropReport, check_backprop, check_gradients
from .gradcheck import Disagreement, GradcheckError, gradcheck

__all__ = [
    "BackpropError",
    "BackpropReport",
    "Disagreement",
    "GradcheckError",
    "check_backprop",
    "check_gradients",
    "gradcheck",
]
