"""Reverse and forward mode: the two loops of the book over the recorded graph.

`pullback` goes from the outputs back, and hands every node its cotangent; `pushforward` goes from the inputs on, and
hands every node its tangent. Both run the operations' rules either on raw arrays (``xp`` of the array library: no
second graph) or on Tensors (``xp`` of this package: the sweep is recorded and can be differentiated again).

In reading order: `reverse`, `forward`, `path` (the part of the graph between inputs and outputs), `rules` (what a rule
is given, and what becomes of its answer).
"""

from .forward import pushforward as pushforward
from .path import path_between as path_between
from .reverse import pullback as pullback
from .rules import Values as Values
from .rules import check_leaves as check_leaves
