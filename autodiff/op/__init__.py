"""How an operation is declared, and how one is carried out and recorded.

An operation is one block: a decorator with the derivative rules, and a function that computes the value in whatever
namespace `xp` it is given. The five decorators differ in what has to be written:

============== ========================================= ================================================
decorator      rules                                     for
============== ========================================= ================================================
`elementwise`  one per argument, linear in ``g``         what works entry by entry, with broadcasting
`linear`       the transpose per argument                what is linear in each argument, or in all jointly
`primitive`    ``vjp`` per argument, ``jvp`` (optional)  everything else
`composite`    none                                      a function of other operations
`constant`     none                                      what has no derivative: floor, argmax, comparisons
============== ========================================= ================================================

A rule is called as ``rule(xp, g, y, *arrays, **params)``: `g` is the cotangent of the output (in forward mode of an
element-wise operation, the tangent of the argument), `y` the output. An argument whose value the rule doesn't read is
written with an underscore (``_y``, ``_x``) and has a shape and a dtype only; its array is not kept in memory.

This is the door for users' own operations, too: ``docs/your-own-operation.md`` has an example of each kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Unpack

from ..tensor import Tensor
from .binding import bind
from .keys import lift, restore
from .operation import REAL, REGISTRY, TENSORS, Kink, Operation, Options, Rule, Sample, kink, sample
from .recording import NONE, apply, as_tensor, as_tensors, items, tensor_like
from .several import Cotangents, Outputs

__all__ = [
    "NONE",
    "REAL",
    "REGISTRY",
    "TENSORS",
    "Cotangents",
    "Kink",
    "Operation",
    "Options",
    "Outputs",
    "Sample",
    "apply",
    "as_tensor",
    "as_tensors",
    "composite",
    "constant",
    "elementwise",
    "items",
    "kink",
    "lift",
    "linear",
    "primitive",
    "restore",
    "sample",
    "tensor_like",
]

P = ParamSpec("P")
Forward = Callable[Concatenate[Any, P], Any]
Public = Callable[P, Tensor]


def elementwise(*rules: Rule | None, **options: Unpack[Options]) -> Callable[[Forward[P]], Public[P]]:
    """Declare an operation that works entry by entry.

    Parameters
    ----------
    *rules : callable or None
        Per array argument ``rule(xp, g, y, *arrays, **params)``, linear in `g`; the engine sums over broadcast axes.
        None for an argument that is never differentiated (a condition).
    **options
        See `Options`.

    Examples
    --------
    >>> from autodiff import Tensor, op
    >>> @op.elementwise(lambda xp, g, _y, x: g * 3 * x * x, reference=lambda x: x * x * x)
    ... def cube(xp, x, /):
    ...     return x * x * x
    >>> x = Tensor(2.0, requires_grad=True)
    >>> y = cube(x)
    >>> y.backward()
    >>> y, x.grad
    (Tensor(8., requires_grad=True), Tensor(12.))
    >>> _ = op.REGISTRY.pop("cube")
    """

    def declare(forward: Forward[P]) -> Public[P]:
        return bind(Operation(forward, "elementwise", rules, **options))

    return declare


def linear(
    *transposes: Rule | None, joint: bool = False, aliases: bool = False, **options: Unpack[Options]
) -> Callable[[Forward[P]], Public[P]]:
    """Declare an operation that is linear: its forward derivative is the operation itself.

    Parameters
    ----------
    *transposes : callable or None
        Per array argument the transposed map, ``T(xp, g, y, *arrays, **params)``. An operation on a list of arrays
        has one, which is told the ``position`` in the list.
    joint : bool
        With several arguments: linear in all of them together (`concat`), not in each for itself (`matmul`).
    aliases : bool
        The result may share memory with the argument (a view).
    **options
        See `Options`; `samples` are needed.
    """

    def declare(forward: Forward[P]) -> Public[P]:
        return bind(Operation(forward, "linear", transposes, joint=joint, aliases=aliases, **options))

    return declare


def primitive(
    *, vjp: Rule | tuple[Rule | None, ...], jvp: Rule | None = None, **options: Unpack[Options]
) -> Callable[[Forward[P]], Public[P]]:
    """Declare an operation with general rules.

    Parameters
    ----------
    vjp : callable, or a tuple of one per array argument
        ``vjp(xp, g, y, *arrays, **params)``, the cotangent of the argument.
    jvp : callable, optional
        ``jvp(xp, tangents, y, *arrays, **params)``, the tangent of the output; `tangents` has None where an argument
        has none. Without it the forward mode differentiates the reverse one, which is linear in `g`.
    **options
        See `Options`; `samples` are needed.
    """

    def declare(forward: Forward[P]) -> Public[P]:
        return bind(Operation(forward, "primitive", vjp if isinstance(vjp, tuple) else (vjp,), jvp=jvp, **options))

    return declare


def composite(**options: Unpack[Options]) -> Callable[[Forward[P]], Public[P]]:
    """Declare a function of other operations; its derivative is theirs. The options need `samples`."""

    def declare(forward: Forward[P]) -> Public[P]:
        return bind(Operation(forward, "composite", **options))

    return declare


def constant(**options: Unpack[Options]) -> Callable[[Forward[P]], Public[P]]:
    """Declare an operation without a derivative: piecewise constant. The options need `samples`."""

    def declare(forward: Forward[P]) -> Public[P]:
        return bind(Operation(forward, "constant", **options))

    return declare
