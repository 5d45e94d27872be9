"""Functions that make tensors out of nothing, and the names that go with them: dtypes and constants."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._namespaces import NAMESPACES, is_array
from ..op import TENSORS, as_tensor
from ..tensor import Tensor, wrap

e, pi, inf, nan, newaxis = np.e, np.pi, np.inf, np.nan, None

# NumPy's types, which are equal to its dtypes, and not these themselves: np.dtype("float64") == None holds, and would
# send astray who compares a dtype with what may be absent.
bool = np.bool_
int8, int16, int32, int64 = np.int8, np.int16, np.int32, np.int64
uint8, uint16, uint32, uint64 = np.uint8, np.uint16, np.uint32, np.uint64
float32, float64, complex64, complex128 = np.float32, np.float64, np.complex64, np.complex128


def asarray(obj: Any, /, *, dtype: Any = None, device: Any = None, copy: Any = None) -> Tensor:
    """A tensor around `obj`; an array is shared, not copied, unless `copy` or `dtype` ask for it.

    Parameters
    ----------
    obj : array, number, or nested sequences of numbers
        The entries. A Tensor keeps its gradient.
    dtype : dtype, optional
        Of the result; by default that of `obj`.
    device : device, optional
        Where the result is to be.
    copy : bool, optional
        True: always copy; False: never, which raises ValueError where a copy is needed; None: where it is needed.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.asarray([1.0, 2.0])
    Tensor([1., 2.])
    """
    if isinstance(obj, Tensor):
        changed = dtype is not None and dtype != obj.dtype
        if changed and copy is False:
            raise ValueError(f"asarray: {obj.dtype} can't become {dtype} without a copy, and copy=False forbids one")
        if not (changed or copy or device is not None):
            return obj
        return TENSORS.astype(obj, dtype if changed else obj.dtype, copy=copy is True, device=device)  # type: ignore[no-any-return]
    if is_array(obj):
        return wrap(NAMESPACES[type(obj)].asarray(obj, dtype=dtype, device=device, copy=copy), None)
    if copy is not None or device is not None:
        obj = np.asarray(obj, dtype=dtype, device=device, copy=copy)  # of a buffer, maybe without a copy
        return asarray(obj)
    return Tensor(obj, dtype=dtype)


def from_dlpack(x: Any, /, *, device: Any = None, copy: Any = None) -> Tensor:
    """A tensor on the memory of another library's array, through DLPack; a Tensor that needs a gradient keeps it.

    Parameters
    ----------
    x : object with ``__dlpack__``
        An array of any library.
    device : device, optional
        Where the result is to be.
    copy : bool, optional
        True: always copy; False: never; None: where it is needed.

    Examples
    --------
    >>> import autodiff as ad
    >>> import numpy as np
    >>> ad.from_dlpack(np.array([1.0, 2.0]))
    Tensor([1., 2.])
    """
    if isinstance(x, Tensor):
        return asarray(x, device=device, copy=copy)
    return wrap(np.from_dlpack(x, device=device, copy=copy), None)


def zeros(shape: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """Zeros of a shape, float64 by default."""
    return wrap(np.zeros(shape, dtype=dtype, device=device), None)


def ones(shape: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """Ones of a shape, float64 by default."""
    return wrap(np.ones(shape, dtype=dtype, device=device), None)


def full(shape: Any, fill_value: complex, *, dtype: Any = None, device: Any = None) -> Tensor:
    """One value throughout."""
    return wrap(np.full(shape, fill_value, dtype=dtype, device=device), None)


def empty(shape: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """Memory that nobody has written to; float64 by default."""
    return wrap(np.empty(shape, dtype=dtype, device=device), None)


def arange(
    start: float, /, stop: float | None = None, step: float = 1, *, dtype: Any = None, device: Any = None
) -> Tensor:
    """Evenly spaced values from `start` to `stop`, the latter excluded; ``arange(n)`` counts from 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.arange(3)
    Tensor([0, 1, 2])
    """
    return wrap(
        np.arange(start, stop, step, dtype=dtype, device=device)
        if stop is not None
        else np.arange(0, start, step, dtype=dtype, device=device),
        None,
    )


def linspace(
    start: complex, stop: complex, /, num: int, *, dtype: Any = None, device: Any = None, endpoint: Any = True
) -> Tensor:
    """`num` evenly spaced values from `start` to `stop`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.linspace(0.0, 1.0, 3)
    Tensor([0. , 0.5, 1. ])
    """
    return wrap(np.linspace(start, stop, num, dtype=dtype, device=device, endpoint=endpoint), None)


def eye(n_rows: int, n_cols: int | None = None, /, *, k: int = 0, dtype: Any = None, device: Any = None) -> Tensor:
    """Ones on the diagonal (on the k-th above it), zeros elsewhere.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.eye(2)
    Tensor([[1., 0.],
            [0., 1.]])
    """
    return wrap(np.eye(n_rows, n_cols, k=k, dtype=dtype, device=device), None)


def zeros_like(x: Any, /, *, dtype: Any = None, device: Any = None) -> Tensor:
    """Zeros in the shape and dtype of `x`."""
    value = as_tensor(x)._value
    return wrap(NAMESPACES[type(value)].zeros_like(value, dtype=dtype, device=device), None)


def ones_like(x: Any, /, *, dtype: Any = None, device: Any = None) -> Tensor:
    """Ones in the shape and dtype of `x`."""
    value = as_tensor(x)._value
    return wrap(NAMESPACES[type(value)].ones_like(value, dtype=dtype, device=device), None)


def full_like(x: Any, /, fill_value: complex, *, dtype: Any = None, device: Any = None) -> Tensor:
    """One value throughout, in the shape and dtype of `x`."""
    value = as_tensor(x)._value
    return wrap(NAMESPACES[type(value)].full_like(value, fill_value, dtype=dtype, device=device), None)


def empty_like(x: Any, /, *, dtype: Any = None, device: Any = None) -> Tensor:
    """Memory that nobody has written to, in the shape and dtype of `x`."""
    value = as_tensor(x)._value
    return wrap(NAMESPACES[type(value)].empty_like(value, dtype=dtype, device=device), None)


for _dtype in (bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64, complex64, complex128):
    setattr(TENSORS, np.dtype(_dtype).name, _dtype)

for _function in (
    from_dlpack,
    zeros,
    ones,
    full,
    empty,
    arange,
    linspace,
    eye,
    zeros_like,
    ones_like,
    full_like,
    empty_like,
    asarray,
):
    setattr(TENSORS, _function.__name__, _function)
