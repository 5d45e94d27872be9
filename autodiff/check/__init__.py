"""Checks of derivatives: against difference quotients and the complex step, which know nothing of rules and graphs.

In reading order: `differences` (numerical derivatives that say how far they may be off), `coordinates`
(arrays and tuples of arrays as vectors of real numbers), `verdict` (what is said in the end), `problem` (a function
and its Jacobian by several methods), `conduct` (what keeps a function from being checked), `comparison` (the methods
side by side), `gradcheck` (the way in); `backprop` (hand-written backpropagation, line by line).
"""

from .backprop import BackpropError, BackpropReport, check_backprop, check_gradients
from .gradcheck import gradcheck
from .verdict import Disagreement, GradcheckError, GradcheckReport, InputVerdict

__all__ = [
    "BackpropError",
    "BackpropReport",
    "Disagreement",
    "GradcheckError",
    "GradcheckReport",
    "InputVerdict",
    "check_backprop",
    "check_gradients",
    "gradcheck",
]
