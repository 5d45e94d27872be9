"""NumPy's own functions on Tensors: ``np.exp(t)``, ``np.sum(t, axis=0)``, ``array * t`` are the differentiable ones.

What there is follows from the REGISTRY: a NumPy function stands for the operation of the same name, whatever its alias
(``np.concatenate`` is ``np.concat``). A function without an operation works on Tensors that need no gradient; for the
others it would cut the gradient silently, and raises.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from . import ops as _ops  # noqa: F401  (declares the operations)
from . import special
from .composites import COMPOSITES
from .graph import GradientError
from .op import REGISTRY, TENSORS, Operation, as_tensor
from .tensor import Tensor

Function = Callable[..., Any]

_REDUCTIONS = {
    np.add: "sum",
    np.multiply: "prod",
    np.maximum: "max",
    np.minimum: "min",
    np.logical_and: "all",
    np.logical_or: "any",
}


def _transpose(a: Any, axes: Any = None) -> Tensor:
    return as_tensor(a).transpose(axes)


def _dot(a: Any, b: Any) -> Tensor:
    """NumPy's rule: a product with a number, a matrix product, or the sum over the last and the last but one axis."""
    left, right = as_tensor(a), as_tensor(b)
    if left.ndim == 0 or right.ndim == 0:
        return left * right
    if right.ndim <= 2:
        return left @ right
    return TENSORS.tensordot(left, right, axes=((left.ndim - 1,), (right.ndim - 2,)))  # type: ignore[no-any-return]


def _with_ddof(function: Function) -> Function:
    def statistic(a: Any, axis: Any = None, ddof: float = 0, keepdims: bool = False) -> Any:
        return function(a, axis=axis, correction=ddof, keepdims=keepdims)

    return statistic


def _clip(a: Any, a_min: Any = None, a_max: Any = None, *, min: Any = None, max: Any = None) -> Tensor:
    return TENSORS.clip(a, a_min if min is None else min, a_max if max is None else max)  # type: ignore[no-any-return]


def _tensordot(a: Any, b: Any, axes: Any = 2) -> Tensor:
    return TENSORS.tensordot(a, b, axes=axes)  # type: ignore[no-any-return]


def _positional_axis(function: Function) -> Function:
    """NumPy takes the axis of these by position, too."""

    def with_axis(a: Any, axis: Any = 0) -> Any:
        return function(a, axis=axis)

    return with_axis


def _flat_without_axis(function: Function) -> Function:
    """NumPy flattens where the axis is None."""

    def along(a: Any, axis: int | None = None, **options: Any) -> Any:
        return function(a, axis=axis, **options) if axis is not None else function(as_tensor(a).ravel(), **options)

    return along


def _sorting(function: Function) -> Function:
    """NumPy sorts upwards, and keeps the order of equal entries only where asked to; here it is kept."""

    def along(a: Any, axis: int | None = -1, kind: str | None = None, *, stable: bool | None = None) -> Any:
        return function(a, axis=axis) if axis is not None else function(as_tensor(a).ravel())

    return along


def _diff(a: Any, n: int = 1, axis: int = -1, prepend: Any = None, append: Any = None) -> Tensor:
    """NumPy's; a number before or after stands for a whole row of it."""
    x = as_tensor(a)

    def row(end: Any) -> Any:
        if end is None or (end := as_tensor(end)).ndim:
            return end
        return TENSORS.broadcast_to(end, (*x.shape[: axis % x.ndim], 1, *x.shape[axis % x.ndim + 1 :]))

    return TENSORS.diff(x, axis=axis, n=n, prepend=row(prepend), append=row(append))  # type: ignore[no-any-return]


_ADAPTED: dict[Any, Function] = {
    np.transpose: _transpose,
    np.dot: _dot,
    np.clip: _clip,
    np.tensordot: _tensordot,
    np.concatenate: _positional_axis(TENSORS.concat),
    np.stack: _positional_axis(TENSORS.stack),
    np.var: _with_ddof(TENSORS.var),
    np.std: _with_ddof(TENSORS.std),
    np.take: lambda a, indices, axis=None: TENSORS.take(
        a if axis is not None else as_tensor(a).ravel(), indices, axis=axis
    ),
    np.take_along_axis: lambda arr, indices, axis=-1: TENSORS.take_along_axis(
        arr if axis is not None else as_tensor(arr).ravel(), indices, axis=0 if axis is None else axis
    ),
    np.sort: _sorting(TENSORS.sort),
    np.argsort: _sorting(TENSORS.argsort),
    np.cumsum: _flat_without_axis(TENSORS.cumulative_sum),
    np.cumprod: _flat_without_axis(TENSORS.cumulative_prod),
    np.diff: _diff,
    np.roll: lambda a, shift, axis=None: TENSORS.roll(a, shift, axis=axis),
    np.repeat: lambda a, repeats, axis=None: TENSORS.repeat(a, repeats, axis=axis),
    np.tril: lambda m, k=0: TENSORS.tril(m, k=k),
    np.triu: lambda m, k=0: TENSORS.triu(m, k=k),
    np.tile: lambda A, reps: TENSORS.tile(A, reps),
    np.count_nonzero: lambda a, axis=None, *, keepdims=False: TENSORS.count_nonzero(a, axis=axis, keepdims=keepdims),
    np.searchsorted: lambda a, v, side="left", sorter=None: TENSORS.searchsorted(a, v, side=side, sorter=sorter),
    np.isin: lambda element, test_elements, *, invert=False: TENSORS.isin(element, test_elements, invert=invert),
    **{
        getattr(np, name): getattr(TENSORS, name)
        for name in (
            "broadcast_arrays",
            "can_cast",
            "meshgrid",
            "nonzero",
            "result_type",
            "unique_all",
            "unique_counts",
            "unique_inverse",
            "unstack",
        )
        if hasattr(np, name)  # NumPy 2.0 has no unstack
    },
    np.einsum: lambda subscripts, *operands, optimize="greedy": TENSORS.einsum(
        subscripts, *operands, optimize=optimize
    ),
    np.ravel: lambda a: as_tensor(a).ravel(),
    np.copy: lambda a: as_tensor(a).copy(),
    np.shape: lambda a: a.shape,
    np.ndim: lambda a: a.ndim,
    np.size: lambda a: a.size,
    np.zeros_like: TENSORS.zeros_like,
    np.ones_like: TENSORS.ones_like,
    np.full_like: TENSORS.full_like,
    np.empty_like: TENSORS.empty_like,
    np.outer: lambda a, b: TENSORS.outer(as_tensor(a).ravel(), as_tensor(b).ravel()),
    np.array_repr: repr,
    np.array_str: str,
}

_CONSTANT = {
    *(np.isclose, np.allclose, np.array_equal, np.array_equiv, np.argsort, np.argpartition, np.argwhere, np.nonzero),
    *(np.flatnonzero, np.count_nonzero, np.searchsorted, np.digitize, np.signbit, np.iscomplex, np.isreal),
    *(np.iscomplexobj, np.isrealobj, np.isneginf, np.isposinf, np.isnan, np.isinf, np.isfinite, np.result_type),
    *(np.min_scalar_type, np.can_cast, np.lexsort, np.nanargmax, np.nanargmin, np.bincount, np.histogram, np.isin),
    *(np.rint, np.fix, np.trunc, np.shares_memory, np.may_share_memory, np.common_type),
}
"""What is piecewise constant, or no function of the values: nothing is lost where no gradient comes back."""

_FUNCTIONS: dict[Any, Function | None] = {}


def _own(function: Any) -> Function | None:
    """What a NumPy function does to Tensors, if there is an operation for it."""
    if function not in _FUNCTIONS:
        named = (_with_numpys_arguments(function, o) for o in REGISTRY.values() if _is_named(function, o.name))
        _FUNCTIONS[function] = (
            _ADAPTED.get(function) or next(named, None) or COMPOSITES.get(function) or _special(function)
        )
    return _FUNCTIONS[function]


def _special(function: Any) -> Function | None:
    """The special function that a ufunc of SciPy's stands for."""
    name = getattr(function, "__name__", "")
    scipys = getattr(sys.modules.get("scipy.special._ufuncs"), name, None)
    return getattr(special, name) if scipys is function and name in special.__all__ else None


def _is_named(function: Any, name: str) -> bool:
    return any(getattr(module, name, None) is function for module in (np, np.fft, np.linalg))


def _with_numpys_arguments(function: Any, operation: Operation) -> Function:
    """The operation, where NumPy takes by position what the standard takes by name alone."""
    own = inspect.signature(operation.function).parameters.values()
    if isinstance(function, np.ufunc) or any(p.kind is p.VAR_POSITIONAL for p in own):
        return operation.function
    by_position = len([p for p in own if p.kind is not p.KEYWORD_ONLY])
    try:
        theirs = list(inspect.signature(function).parameters)
    except ValueError:
        return operation.function

    def translated(*args: Any, **kwargs: Any) -> Any:
        if len(args) > by_position:
            kwargs.update(zip(theirs[by_position:], args[by_position:], strict=False))
            args = args[:by_position]
        if kwargs.get("norm", "") is None:
            kwargs["norm"] = "backward"
        return operation.function(*args, **kwargs)

    return translated


def array_ufunc(self: Tensor, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **options: Any) -> Any:
    """What a NumPy ufunc does when an argument is a Tensor."""
    if method == "reduce" and ufunc in _REDUCTIONS:
        options.setdefault("axis", 0)
        function: Function | None = getattr(TENSORS, _REDUCTIONS[ufunc])
    else:
        function = _own(ufunc) if method == "__call__" else None
    name = ("np." if _is_named(ufunc, ufunc.__name__) else "the ufunc ") + ufunc.__name__
    if method != "__call__":
        name += f".{method}"
    if function is None and ufunc in _CONSTANT:
        result = _without_gradient(name, ufunc, _detached(inputs), options)
    elif function is None or (options and method == "__call__"):
        result = _without_gradient(name, getattr(ufunc, method), inputs, options)
    else:
        result = function(*inputs, **options)
    return result if out is None else _write(name, out[0], result)


def _write(name: str, out: Any, result: Any) -> Any:
    """Hand the result over to the array or Tensor given as `out`."""
    if isinstance(out, Tensor):
        return out._become(name, result._value, result._node)
    out[...] = result._untracked(f"{name}(..., out=array)")
    return out


def array_function(self: Tensor, function: Function, types: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    """What any other NumPy function does when an argument is a Tensor."""
    name = f"{function.__module__}.{function.__name__}".replace("numpy", "np", 1)
    own = _own(function)
    if own is None:
        if function in _CONSTANT:
            args, kwargs = _detached(args), _detached(kwargs)
        return _without_gradient(name, function, args, kwargs)
    out = kwargs.pop("out", None)
    try:
        result = own(*args, **{k: v for k, v in kwargs.items() if v is not _defaults(function).get(k, own)})
        return result if out is None else _write(name, out, result)
    except TypeError as error:
        if "unexpected keyword" not in str(error) and "positional argument" not in str(error):
            raise
        raise TypeError(f"{name} on a Tensor: {error}; this argument of NumPy's has no derivative here") from error


@functools.cache
def _defaults(function: Function) -> dict[str, Any]:
    """The defaults of a NumPy function's arguments, which need not be passed on."""
    try:
        return {p.name: p.default for p in inspect.signature(function).parameters.values()}
    except ValueError:  # older NumPys don't tell those of functions in C
        return {}


def _without_gradient(name: str, function: Function, args: Any, kwargs: dict[str, Any]) -> Any:
    """NumPy's own function on raw values, where no gradient gets lost."""
    result = function(*_raw(name, args), **_raw(name, kwargs))
    if isinstance(result, tuple):
        return tuple([as_tensor(r) if isinstance(r, np.ndarray) else r for r in result])
    return as_tensor(result) if isinstance(result, (np.ndarray, np.generic)) else result


def _detached(value: Any) -> Any:
    """`value` with every Tensor in it cut off from its graph."""
    if isinstance(value, Tensor):
        return value.detach()
    if isinstance(value, (list, tuple)):
        return type(value)([_detached(v) for v in value])
    if isinstance(value, dict):
        return {key: _detached(v) for key, v in value.items()}
    return value


def _raw(name: str, value: Any) -> Any:
    """`value` with every Tensor in it replaced by its array."""
    if isinstance(value, Tensor):
        if value.requires_grad:
            raise GradientError(
                f"{name} has no derivative here, and would cut that of a tensor of shape {value.shape}; use .detach() "
                "where that is meant, or write it with the operations of autodiff"
            )
        return value.numpy()
    if isinstance(value, (list, tuple)):
        return type(value)([_raw(name, v) for v in value])
    if isinstance(value, dict):
        return {key: _raw(name, v) for key, v in value.items()}
    return value


Tensor.__array_ufunc__ = array_ufunc  # type: ignore[attr-defined]
Tensor.__array_function__ = array_function  # type: ignore[attr-defined]
Tensor.dot = _dot  # type: ignore[method-assign, assignment]
