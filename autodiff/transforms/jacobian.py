"""`jacobian`, `hessian` and `hvp`: many sweeps over one recording, or a transform of a transform."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import numpy as np

from .._namespaces import COMPLEX, DIFFERENTIABLE, NAMESPACES
from ..graph import GradientError
from ..op import TENSORS
from ..op.several import zeros
from ..tensor import Tensor, wrap
from .gradients import grad, jvp
from .pytree import rebuilt
from .recording import Argnums, Recording, checked, for_argnums, positions_of

Mode = Literal["forward", "reverse"] | None


def jacobian(f: Callable[..., Any], argnums: Argnums = 0, *, mode: Mode = None) -> Callable[..., Any]:
    """The function that returns all derivatives of `f`, in the shape of the output followed by that of the argument.

    Parameters
    ----------
    f : callable
        Returns a Tensor or a pytree of them.
    argnums : int or tuple of int
        The arguments to differentiate by; for a tuple the derivative of each output is a tuple.
    mode : {None, "forward", "reverse"}
        "reverse" takes a sweep for each entry of the outputs and gives a row, "forward" one for each entry of the
        arguments and gives a column. None takes whichever are fewer.

    Returns
    -------
    callable
        Of pytrees it returns the structure of the output, and for each Tensor in it that of the argument.

    Raises
    ------
    ValueError
        An unknown mode.
    GradientError
        A complex output is not a holomorphic function of a complex argument: then no matrix is its derivative.

    Notes
    -----
    The derivative of a complex output by a complex argument is that of complex analysis. The derivative of a real
    output by a complex argument is ``d/dx + i d/dy``, as in `grad`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.jacobian(lambda x: x * x)([1.0, 2.0])
    Tensor([[2., 0.],
            [0., 4.]])
    >>> ad.jacobian(lambda x: {"sum": ad.sum(x), "double": 2.0 * x[0]}, mode="forward")([1.0, 2.0])
    {'sum': Tensor([1., 1.]), 'double': Tensor([2., 0.])}
    """
    _check_mode("jacobian", mode)
    positions = positions_of(argnums)

    def all_derivatives(*args: Any, **kwargs: Any) -> Any:
        run = Recording("jacobian", f, args, positions, kwargs)
        by_rows = mode == "reverse" or (mode is None and _size(run.outputs) <= _size(run.inputs))
        rows = (_by_rows if by_rows else _by_columns)(run)
        return rebuilt(run.result, (for_argnums(argnums, run.like_arguments(row)) for row in rows))

    return all_derivatives


def hessian(f: Callable[..., Any], argnums: Argnums = 0, *, mode: Mode = None) -> Callable[..., Any]:
    """The function that returns all second derivatives of `f`, which returns one number.

    Parameters
    ----------
    f : callable
        Returns a Tensor with one element.
    argnums : int or tuple of int
        The arguments to differentiate by. For a tuple, and for pytrees, the result is nested twice: the derivative by
        ``w`` and ``b`` is at ``["w"]["b"]``.
    mode : {None, "forward", "reverse"}
        How the gradient, which is by reverse mode, is differentiated: "forward" is forward over reverse mode, "reverse"
        reverse over reverse. None chooses as `jacobian` does; rows and columns are as many, and rows, "reverse", take
        0.8 of the time.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.hessian(lambda x: ad.prod(x))([2.0, 3.0])
    Tensor([[0., 1.],
            [1., 0.]])
    """
    _check_mode("hessian", mode)
    return jacobian(grad(f, argnums), argnums, mode=mode)


def hvp(f: Callable[..., Any], x: Any, v: Any, argnums: Argnums | None = None) -> Any:
    """The Hessian of `f` at `x` times `v`, without the Hessian: forward mode over reverse mode.

    Parameters
    ----------
    f : callable
        Returns a Tensor with one element.
    x : array_like, pytree, or tuple
        The argument of `f`; if a tuple, all its arguments, as for `jvp`.
    v : array_like, pytree, or tuple
        The direction, in the structure and the shapes of `x`, or of the arguments that `argnums` names.
    argnums : int or tuple of int, optional
        With a tuple `x`: differentiate by these arguments only, the others are constants and may be anything.

    Returns
    -------
    Tensor or pytree of them
        In the structure of `v`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.hvp(lambda x: (x**3.0).sum(), [1.0, 2.0], [1.0, 1.0])
    Tensor([ 6., 12.])
    >>> ad.hvp(lambda x, y: x * x * y, (2.0, 3.0), (1.0, 0.0))
    (Tensor(6.), Tensor(4.))
    >>> ad.hvp(lambda p, n: p["w"] ** n, ({"w": 2.0}, 3), {"w": 1.0}, argnums=0)
    {'w': Tensor(12.)}
    """
    args = x if type(x) is tuple else (x,)
    if argnums is None:
        argnums = tuple(range(len(args))) if type(x) is tuple else 0
    chosen = checked("hvp", positions_of(argnums), len(args))
    gradient = grad(f, argnums)

    def of_chosen(*values: Any) -> Any:
        replaced = list(args)
        for k, value in zip(chosen, values, strict=True):
            replaced[k] = value
        return gradient(*replaced)

    return jvp(of_chosen, [args[k] for k in chosen], v if isinstance(argnums, Sequence) else (v,))[1]


def _check_mode(what: str, mode: Any) -> None:
    if mode not in (None, "forward", "reverse"):
        raise ValueError(f"{what}: mode must be None, 'forward' or 'reverse', got {mode!r}")


def _size(tensors: list[Tensor]) -> int:
    return sum(t.size for t in tensors)


def _by_rows(run: Recording) -> list[list[Tensor]]:
    """The blocks by reverse mode: for each output, those of all inputs."""
    rows = []
    for k, y in enumerate(run.outputs):
        one = _pulled(run, k, 1.0)
        turned = _pulled(run, k, 1j) if COMPLEX[y.dtype] else one
        rows.append([_block(a, b, y, x, True) for a, b, x in zip(one, turned, run.inputs, strict=True)])
    return rows


def _by_columns(run: Recording) -> list[list[Tensor]]:
    """The blocks by forward mode, likewise."""
    columns = []
    for k, x in enumerate(run.inputs):
        one = _pushed(run, k, 1.0)
        turned = _pushed(run, k, 1j) if COMPLEX[x.dtype] else one
        columns.append([_block(a, b, y, x, False) for a, b, y in zip(one, turned, run.outputs, strict=True)])
    return [[column[k] for column in columns] for k in range(len(run.outputs))]


def _pulled(run: Recording, k: int, factor: complex) -> list[Tensor]:
    """What reverse mode makes of the unit vectors of one output: a block for each input."""
    y = run.outputs[k]
    given: list[Tensor | None] = [None] * len(run.outputs)
    rows = [run.pull([*given[:k], unit, *given[k + 1 :]]) for unit in _units(y, factor)]
    return [_stacked([row[i] for row in rows], 0, y, x) for i, x in enumerate(run.inputs)]


def _pushed(run: Recording, k: int, factor: complex) -> list[Tensor]:
    """What forward mode makes of the unit vectors of one input: a block for each output."""
    x = run.inputs[k]
    given: list[Tensor | None] = [None] * len(run.inputs)
    columns = [run.push([*given[:k], unit, *given[k + 1 :]]) for unit in _units(x, factor)]
    return [_stacked([column[i] for column in columns], -1, y, x) for i, y in enumerate(run.outputs)]


def _units(like: Tensor, factor: complex) -> Iterator[Tensor]:
    """The unit vectors in the shape of a tensor, times a factor."""
    xp = NAMESPACES[type(like._value)]
    for k in range(like.size):
        unit = np.zeros(like.size, type(factor))
        unit[k] = factor
        yield wrap(xp.asarray(unit.reshape(like.shape), dtype=like.dtype, device=like._value.device), None)


def _stacked(parts: list[Tensor], axis: int, y: Tensor, x: Tensor) -> Tensor:
    """Rows or columns as a block, in the shape of the output followed by that of the input."""
    if not parts:
        return zeros(x, y.shape + x.shape, x.dtype)  # type: ignore[no-any-return]
    return TENSORS.reshape(TENSORS.stack(parts, axis=axis), y.shape + x.shape)  # type: ignore[no-any-return]


def _block(one: Tensor, turned: Tensor, y: Tensor, x: Tensor, by_rows: bool) -> Tensor:
    """The derivative of an output by an input, in the dtype to which both promote.

    `one` is what the sweep makes of the unit vectors, `turned` what it makes of them times i, if they are complex.
    """
    block = one
    if COMPLEX[y.dtype] and COMPLEX[x.dtype]:
        _check_holomorphic(one, turned)
        block = TENSORS.conj(one) if by_rows else one
    elif turned is not one:
        block = one + 1j * turned
    xp = NAMESPACES[type(block._value)]
    dtype = xp.result_type(y.dtype, x.dtype) if DIFFERENTIABLE[y.dtype] else x.dtype
    return block if block.dtype == dtype else TENSORS.astype(block, dtype)


def _check_holomorphic(one: Tensor, turned: Tensor) -> None:
    """Raise unless a turn of the input turns the output: the derivative is a factor then, and only then."""
    if not one.size:
        return
    xp = NAMESPACES[type(one._value)]
    off = xp.abs(turned._value - 1j * one._value)
    size = xp.max(xp.abs(one._value) + xp.abs(turned._value))
    # Rounding, with room for a long computation; what isn't holomorphic is off by something like the derivative.
    if bool(xp.any(off > float(xp.finfo(off.dtype).eps) ** 0.5 * size)):
        raise GradientError(
            "jacobian: the function is complex but not holomorphic (it uses conj, real, imag or abs), so no complex "
            "matrix is its derivative; differentiate by real and imaginary part, or use jvp or vjp"
        )
