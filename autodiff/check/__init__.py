"""Checks of derivatives: against difference quotients, which know nothing of rules and graphs.

In reading order: `differences` (numerical derivatives that say how far they may be off), `coordinates`
(arrays and tuples of arrays as vectors of real numbers), `problem` (a function and its Jacobian by three
methods), `gradcheck` (the comparison).
"""

from .gradcheck import Disagreement, GradcheckError, gradcheck

__all__ = ["Disagreement", "GradcheckError", "gradcheck"]
