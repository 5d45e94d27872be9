"""Gradient clipping: between `backward` and `step`, so that one bad batch doesn't throw the parameters far away.

Both functions give each parameter a new gradient; one that was handed out before stays as it was. They work inside of
compiled functions, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from autodiff import Tensor, abs, clip, linalg, max, minimum, no_grad, stack

from .optim.groups import rate


def _with_gradients(parameters: Tensor | Iterable[Tensor]) -> list[tuple[Tensor, Tensor]]:
    """The parameters that have a gradient, with it."""
    given = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    return [(p, g.detach()) for p in given if (g := p.grad) is not None]


def clip_grad_norm_(
    parameters: Tensor | Iterable[Tensor], max_norm: float, norm_type: float = 2.0, error_if_nonfinite: bool = False
) -> Tensor:
    """Shrink all gradients by one factor, so that together they are no longer than `max_norm`.

    Parameters
    ----------
    parameters : Tensor or iterable of Tensor
        Those without a gradient are passed over.
    max_norm : float
    norm_type : float
        The norm's order; infinity for the largest entry.
    error_if_nonfinite : bool
        An infinite norm or NaN is an error. By default an infinite norm makes the finite entries 0 and the infinite
        ones NaN, and a norm of NaN makes all gradients NaN, as in PyTorch.

    Returns
    -------
    Tensor, shape ()
        The norm of all gradients, seen as one vector, before they are clipped. 0 where there is none.

    Raises
    ------
    ValueError
        With `error_if_nonfinite`; then no gradient is changed. (In a compiled function: RecordingError.)

    Notes
    -----
    The factor is ``min(1, max_norm / (norm + 1e-6))``, as in PyTorch.

    Examples
    --------
    >>> import autodiff as ad, nn
    >>> w = ad.Tensor([3.0, 4.0], requires_grad=True)
    >>> (w * w).sum().backward()
    >>> nn.clip_grad_norm_([w], max_norm=1.0), w.grad
    (Tensor(10.), Tensor([0.59999994, 0.79999992]))
    """
    max_norm = rate("max_norm", max_norm)
    found = _with_gradients(parameters)
    if not found:
        return Tensor(0.0)
    with no_grad():
        norm = _norm(stack([_norm(g, norm_type) for _, g in found]), norm_type)
        if error_if_nonfinite and not math.isfinite(norm.item()):
            raise ValueError(f"clip_grad_norm_: the gradients' norm is {norm.item()}; no gradient was changed")
        factor = minimum(max_norm / (norm + 1e-6), 1.0)
        for p, g in found:
            p.grad = g * factor.astype(g.dtype)
    return norm


def _norm(x: Tensor, norm_type: float) -> Tensor:
    if not x.size:
        return Tensor(np.zeros((), x.dtype))
    return max(abs(x)) if math.isinf(norm_type) else linalg.vector_norm(x, ord=norm_type)


def clip_grad_value_(parameters: Tensor | Iterable[Tensor], clip_value: float) -> None:
    """Bring every entry of the gradients into the interval from ``-clip_value`` to `clip_value`.

    An infinite entry becomes the bound of its sign; NaN stays.

    Parameters
    ----------
    parameters : Tensor or iterable of Tensor
        Those without a gradient are passed over.
    clip_value : float

    Examples
    --------
    >>> import autodiff as ad, nn
    >>> w = ad.Tensor([0.1, 4.0], requires_grad=True)
    >>> (w * w).sum().backward()
    >>> nn.clip_grad_value_([w], clip_value=1.0)
    >>> w.grad
    Tensor([0.2, 1. ])
    """
    clip_value = rate("clip_value", clip_value)
    with no_grad():
        for p, g in _with_gradients(parameters):
            p.grad = clip(g, -clip_value, clip_value)
