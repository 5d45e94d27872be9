"""Operations with several outputs: one Node whose value is a tuple, and one `item` Node per output.

A tuple stands where an array stands: it has a `shape` and a `dtype`, which are tuples, too.
"""

from __future__ import annotations

from typing import Any

from .._namespaces import NAMESPACES
from ..tensor import Tensor, wrap


class Outputs(tuple[Any, ...]):
    """The values, or the tangents, of an operation with several outputs.

    Named tuples inherit from it: ``class QRResult(Outputs, namedtuple("QRResult", "Q R"))``.
    """

    __slots__ = ()

    @property
    def shape(self) -> tuple[Any, ...]:
        """The shape of each."""
        return tuple([x.shape for x in self])

    @property
    def dtype(self) -> tuple[Any, ...]:
        """The dtype of each."""
        return tuple([x.dtype for x in self])


class Cotangents:
    """What has arrived at an operation with several outputs: None where nothing has."""

    __slots__ = ("dtype", "parts", "shape")

    def __init__(self, parts: tuple[Any, ...], stub: Any) -> None:
        self.parts = parts
        self.shape = stub.shape
        self.dtype = stub.dtype

    def __add__(self, other: Cotangents) -> Cotangents:
        pairs = zip(self.parts, other.parts, strict=True)
        return Cotangents(tuple([b if a is None else a if b is None else a + b for a, b in pairs]), self)

    def filled(self) -> tuple[Any, ...]:
        """The cotangents as the rule gets them: zeros where nothing has arrived."""
        given = next(part for part in self.parts if part is not None)
        return tuple(
            [
                zeros(given, shape, dtype) if part is None else part
                for part, shape, dtype in zip(self.parts, self.shape, self.dtype, strict=True)
            ]
        )


def zeros(given: Any, shape: tuple[int, ...], dtype: Any) -> Any:
    """Zeros, as a Tensor or a raw array as `given` is, and of its library."""
    if isinstance(given, Tensor):
        return wrap(zeros(given._value, shape, dtype), None)
    return NAMESPACES[type(given)].zeros(shape, dtype=dtype, device=given.device)
