"""Special functions under the names of `scipy.special`, which looks for them here when it is given Tensors.

The array API standard has no extension of this kind yet; SciPy asks the namespace of its arguments for `special`
before it turns to compiled code, which knows no derivative. Here is what can be made of operations.
"""

from __future__ import annotations

import math
from typing import Any

from .op import TENSORS, as_tensor
from .ops.special import erf as erf
from .ops.special import log_softmax as log_softmax
from .ops.special import logsumexp as logsumexp
from .ops.special import sigmoid as expit
from .ops.special import softmax as softmax
from .ops.special import softplus as softplus
from .tensor import Tensor

__all__ = [
    "boxcox",
    "boxcox1p",
    "entr",
    "erf",
    "exp2",
    "exp10",
    "expit",
    "expm1",
    "huber",
    "inv_boxcox",
    "inv_boxcox1p",
    "kl_div",
    "log1p",
    "log_expit",
    "log_softmax",
    "logit",
    "logsumexp",
    "pseudo_huber",
    "rel_entr",
    "sinc",
    "softmax",
    "softplus",
    "xlog1py",
    "xlogy",
]

expm1, log1p = TENSORS.expm1, TENSORS.log1p


def _pair(a: Any, b: Any) -> tuple[Tensor, Tensor]:
    """Both as Tensors of the floating-point dtype and the shape that they have in common."""
    dtype = TENSORS.result_type(as_tensor(a), as_tensor(b), 1.0)
    x, y = TENSORS.broadcast_arrays(TENSORS.astype(as_tensor(a), dtype), TENSORS.astype(as_tensor(b), dtype))
    return x, y


def entr(x: Any) -> Tensor:
    """The entropy ``-x * log(x)``: 0 at 0 (its derivative there, too), and -inf for negative numbers.

    Examples
    --------
    >>> from autodiff import grad, special
    >>> special.entr([0.0, 0.5])
    Tensor([0.        , 0.34657359])
    >>> grad(special.entr)(1.0)
    Tensor(-1.)
    """
    x = as_tensor(x)
    y = -x * TENSORS.log(TENSORS.where(x > 0, x, 1.0))
    return TENSORS.where(x < 0, -math.inf, TENSORS.where(x == 0, 0.0, y))  # type: ignore[no-any-return]


def rel_entr(x: Any, y: Any) -> Tensor:
    """``x * log(x / y)``: 0 where x is 0 and y isn't negative, and inf where either is negative, or y alone is 0."""
    x, y = _pair(x, y)
    inside = (x > 0) & (y > 0)
    a, b = TENSORS.where(inside, x, 1.0), TENSORS.where(inside, y, 1.0)
    outside = TENSORS.where((x == 0) & (y >= 0), 0.0, TENSORS.where(TENSORS.isnan(x + y), math.nan, math.inf))
    return TENSORS.where(inside, a * (TENSORS.log(a) - TENSORS.log(b)), outside)  # type: ignore[no-any-return]


def kl_div(x: Any, y: Any) -> Tensor:
    """``x * log(x / y) - x + y``, with the exceptions of `rel_entr`."""
    x, y = _pair(x, y)
    return rel_entr(x, y) + (y - x)  # type: ignore[no-any-return]


def xlogy(x: Any, y: Any) -> Tensor:
    """``x * log(y)``, and 0 where x is 0."""
    x, y = _pair(x, y)
    zero = (x == 0) & ~TENSORS.isnan(y)
    return x * TENSORS.log(TENSORS.where(zero, 1.0, y))  # type: ignore[no-any-return]


def xlog1py(x: Any, y: Any) -> Tensor:
    """``x * log(1 + y)``, and 0 where x is 0."""
    x, y = _pair(x, y)
    zero = (x == 0) & ~TENSORS.isnan(y)
    return x * TENSORS.log1p(TENSORS.where(zero, 0.0, y))  # type: ignore[no-any-return]


def logit(x: Any) -> Tensor:
    """``log(x / (1 - x))``, the inverse of `expit`.

    Examples
    --------
    >>> from autodiff import grad, special
    >>> grad(special.logit)(0.5)
    Tensor(4.)
    """
    x = as_tensor(x)
    return TENSORS.log(x) - TENSORS.log1p(-x)  # type: ignore[no-any-return]


def log_expit(x: Any) -> Tensor:
    """The logarithm of `expit`."""
    return -softplus(-as_tensor(x))


def exp2(x: Any) -> Tensor:
    """``2 ** x``."""
    return TENSORS.pow(2.0, x)  # type: ignore[no-any-return]


def exp10(x: Any) -> Tensor:
    """``10 ** x``."""
    return TENSORS.pow(10.0, x)  # type: ignore[no-any-return]


def sinc(x: Any) -> Tensor:
    """``sin(pi * x) / (pi * x)``, and 1 at 0."""
    angle = math.pi * as_tensor(x)
    safe = TENSORS.where(angle == 0, 1.0, angle)
    square = TENSORS.square(angle)
    limit = 1.0 - square / 6.0 + TENSORS.square(square) / 120.0  # which has the derivatives at 0
    return TENSORS.where(angle == 0, limit, TENSORS.sin(safe) / safe)  # type: ignore[no-any-return]


def huber(delta: Any, r: Any) -> Tensor:
    """``r**2 / 2`` up to ``abs(r) == delta``, and linear beyond; inf for a negative delta."""
    d, x = _pair(delta, r)
    size = TENSORS.abs(x)
    y = TENSORS.where(size <= d, 0.5 * TENSORS.square(x), d * (size - 0.5 * d))
    return TENSORS.where(d < 0, math.inf, y)  # type: ignore[no-any-return]


def pseudo_huber(delta: Any, r: Any) -> Tensor:
    """``delta**2 * (sqrt(1 + (r / delta)**2) - 1)``; 0 for delta 0, inf for a negative one."""
    d, x = _pair(delta, r)
    square = TENSORS.square(x / TENSORS.where(d == 0, 1.0, d))
    y = TENSORS.square(d) * (square / (TENSORS.sqrt(1.0 + square) + 1.0))
    return TENSORS.where(d < 0, math.inf, y)  # type: ignore[no-any-return]


def _power(logarithm: Tensor, power: Tensor) -> Tensor:
    """``(exp(power * logarithm) - 1) / power``, and its limit for the power 0."""
    zero = power == 0
    safe = TENSORS.where(zero, 1.0, power)
    limit = logarithm * (1.0 + power * logarithm * (1.0 / 2.0 + power * logarithm / 6.0))  # with two derivatives
    return TENSORS.where(zero, limit, TENSORS.expm1(safe * logarithm) / safe)  # type: ignore[no-any-return]


def boxcox(x: Any, lmbda: Any) -> Tensor:
    """``(x**lmbda - 1) / lmbda``, and ``log(x)`` for lmbda 0."""
    x, power = _pair(x, lmbda)
    return _power(TENSORS.log(x), power)


def boxcox1p(x: Any, lmbda: Any) -> Tensor:
    """`boxcox` of ``1 + x``."""
    x, power = _pair(x, lmbda)
    return _power(TENSORS.log1p(x), power)


def _root(y: Tensor, power: Tensor) -> Tensor:
    """The inverse of `_power`: the logarithm."""
    zero = power == 0
    safe = TENSORS.where(zero, 1.0, power)
    limit = y * (1.0 - power * y * (1.0 / 2.0 - power * y / 3.0))  # with two derivatives
    return TENSORS.where(zero, limit, TENSORS.log1p(safe * y) / safe)  # type: ignore[no-any-return]


def inv_boxcox(y: Any, lmbda: Any) -> Tensor:
    """The inverse of `boxcox`."""
    return TENSORS.exp(_root(*_pair(y, lmbda)))  # type: ignore[no-any-return]


def inv_boxcox1p(y: Any, lmbda: Any) -> Tensor:
    """The inverse of `boxcox1p`."""
    return TENSORS.expm1(_root(*_pair(y, lmbda)))  # type: ignore[no-any-return]
