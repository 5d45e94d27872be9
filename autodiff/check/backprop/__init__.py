"""Which line of hand-written backpropagation is wrong, and why.

In reading order: `sources` (their functions, and how to run them changed), `state` (what they remember between calls),
`program` (loss and gradients as one program), `sites` and `watching` (where values are born), `oracle` and `follow`
(the truth), `comparison` (verdicts), `disturbance`, `scope`, `expressions`, `edits`, `suspect`, `truths`, `candidates`,
`choice`, `pairs` and `search` (which line has to change), `location`, `causes`, `report`, and `check`, where it comes
together.
"""

from .check import check_backprop, check_gradients
from .report import BackpropError, BackpropReport, Birth

__all__ = ["BackpropError", "BackpropReport", "Birth", "check_backprop", "check_gradients"]
