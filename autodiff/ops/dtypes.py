"""Dtypes and what is known of them, and what the namespace says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .._namespaces import is_array
from ..op import TENSORS
from ..tensor import Tensor


@dataclass(frozen=True)
class FloatInfo:
    """The limits of a floating-point dtype: of a complex one, those of its parts.

    Attributes
    ----------
    bits : int
        Size of a number in memory.
    eps : float
        From 1 to the next larger number.
    max, min : float
        The largest and the most negative number.
    smallest_normal : float
        The smallest positive number with all its digits.
    dtype : dtype
        The real dtype.
    """

    bits: int
    eps: float
    max: float
    min: float
    smallest_normal: float
    dtype: Any


@dataclass(frozen=True)
class IntegerInfo:
    """The limits of an integer dtype.

    Attributes
    ----------
    bits : int
        Size of a number in memory.
    max, min : int
        The largest and the smallest number.
    dtype : dtype
        The dtype itself.
    """

    bits: int
    max: int
    min: int
    dtype: Any


def _dtype_of(x: Any) -> Any:
    """The dtype of an array, or a dtype (of any library) itself, as NumPy's of the same name."""
    if isinstance(x, type):
        return np.dtype(x)
    dtype = x.dtype if isinstance(x, Tensor) or is_array(x) else x
    return np.dtype(dtype if isinstance(dtype, (str, np.dtype)) else str(dtype).rpartition(".")[2])


def finfo(type: Any, /) -> FloatInfo:
    """The limits of a floating-point dtype, or of that of an array, as Python's numbers.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.finfo(ad.float64).eps
    2.220446049250313e-16
    """
    info = np.finfo(_dtype_of(type))
    return FloatInfo(
        bits=int(info.bits),
        eps=float(info.eps),
        max=float(info.max),
        min=float(info.min),
        smallest_normal=float(info.smallest_normal),
        dtype=np.dtype(info.dtype),
    )


def iinfo(type: Any, /) -> IntegerInfo:
    """The limits of an integer dtype, or of that of an array.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.iinfo(ad.uint8).max
    255
    """
    dtype = _dtype_of(type)
    info = np.iinfo(dtype)
    return IntegerInfo(bits=int(info.bits), max=int(info.max), min=int(info.min), dtype=dtype)


def can_cast(from_: Any, to: Any, /) -> bool:
    """Whether a dtype (or that of an array) can be converted to another without loss.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.can_cast(ad.float32, ad.float64), ad.can_cast(ad.float64, ad.float32)
    (True, False)
    """
    return np.can_cast(_dtype_of(from_), _dtype_of(to))


def isdtype(dtype: Any, kind: Any) -> bool:
    """Whether a dtype is of a kind: "bool", "real floating", ..., another dtype, or a tuple of such.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.isdtype(ad.float32, "real floating"), ad.isdtype(ad.float32, (ad.int8, "complex floating"))
    (True, False)
    """
    return np.isdtype(_dtype_of(dtype), kind)


def result_type(*arrays_and_dtypes: Any) -> Any:
    """The dtype that arrays, dtypes and Python numbers have in common.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.result_type(ad.float32, 1.0), ad.result_type(ad.float32, ad.Tensor([1.0]))
    (dtype('float32'), dtype('float64'))
    """
    numbers = (bool, int, float, complex)
    return np.result_type(*[x if type(x) in numbers else _dtype_of(x) for x in arrays_and_dtypes])


class NamespaceInfo:
    """What the namespace can do: capabilities, devices and dtypes, of NumPy, which new tensors are made of."""

    def capabilities(self) -> dict[str, Any]:
        """Whether masks may be indices, whether shapes may depend on values, and how many axes there can be."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self) -> str:
        """Where a new tensor is."""
        return "cpu"

    def devices(self) -> tuple[str, ...]:
        """Where a tensor can be."""
        return ("cpu",)

    def default_dtypes(self, *, device: Any = None) -> dict[str, Any]:
        """The dtypes of tensors made without naming one."""
        return _numpys_info().default_dtypes(device=device)  # type: ignore[no-any-return]

    def dtypes(self, *, device: Any = None, kind: Any = None) -> dict[str, Any]:
        """The dtypes of a kind (see `isdtype`) by name."""
        return _numpys_info().dtypes(device=device, kind=kind)  # type: ignore[no-any-return]


def _numpys_info() -> Any:
    return np.__array_namespace_info__()


def __array_namespace_info__() -> NamespaceInfo:  # noqa: N807  (the standard's name)
    """What the namespace can do.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.__array_namespace_info__().devices()
    ('cpu',)
    """
    return NamespaceInfo()


for _function in (finfo, iinfo, can_cast, isdtype, result_type):
    setattr(TENSORS, _function.__name__, _function)
