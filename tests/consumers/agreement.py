"""What every test of a consumer asks: NumPy's values on Tensors, and gradients that agree with central differences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import autodiff
from autodiff import Tensor

Array = np.ndarray[Any, Any]
Call = Callable[[Any], Any]
Case = tuple[Call, Array]
"""A function that hands its argument to a consumer, and where to call it."""


def namespace(x: Any) -> Any:
    """NumPy for an array, autodiff for a Tensor."""
    return x.__array_namespace__()


def beside(x: Any, values: Any) -> Any:
    """`values` as an array of the library that `x` is from."""
    return namespace(x).asarray(values)


def parts(outcome: Any) -> Iterator[Any]:
    """The arrays of floating-point numbers in what a consumer returned: an array, a tuple, a result object."""
    if isinstance(outcome, (tuple, list)):
        for part in outcome:
            yield from parts(part)
    elif outcome is not None and np.dtype(outcome.dtype).kind in "fc":
        yield outcome


def weighted(outcome: Any, xp: Any) -> Any:
    """One real number that each entry of the outcome has its own share in."""
    rng = np.random.default_rng(5)
    total: Any = 0.0
    for y in parts(outcome):
        real, imaginary = rng.normal(size=(2, *y.shape))
        if np.dtype(y.dtype).kind == "c":
            total = total + xp.sum(imaginary * xp.imag(y))
            y = xp.real(y)
        total = total + xp.sum(real * y)
    return total


def differences(function: Call, x: Array, step: float) -> Array:
    """Central differences with `step`, a half and a quarter of it, extrapolated to a step of 0 (Richardson)."""
    gradient = np.empty_like(x)
    for place in np.ndindex(x.shape):
        shift = np.zeros_like(x)
        shift[place] = 1.0
        d1, d2, d3 = (
            (function(x + h * shift) - function(x - h * shift)) / (2.0 * h) for h in (step, step / 2.0, step / 4.0)
        )
        e1, e2 = (4.0 * d2 - d1) / 3.0, (4.0 * d3 - d2) / 3.0
        gradient[place] = (16.0 * e2 - e1) / 15.0
    return gradient


def check(call: Call, x: Array, step: float = 2e-3) -> None:
    """Run `call` on an array and on a Tensor, and compare."""
    t = Tensor(x, requires_grad=True)
    outcome = call(t)
    own, expected = list(parts(outcome)), list(parts(call(x)))
    assert len(own) == len(expected) > 0
    for y, z in zip(own, expected, strict=True):
        assert isinstance(y, Tensor)
        assert (y.shape, y.dtype) == (np.shape(z), z.dtype)
        # The same sums and products in another order.
        np.testing.assert_allclose(y.detach().numpy(), z, rtol=1e-10, atol=1e-10)
    weighted(outcome, autodiff).backward()
    assert t.grad is not None
    numeric = differences(lambda a: weighted(call(a), np), x, step)
    np.testing.assert_allclose(t.grad.numpy(), numeric, rtol=1e-6, atol=1e-6)
