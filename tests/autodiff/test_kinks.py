"""The table of kinks, ties and edges: what a derivative is where the mathematics leaves a choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import REGISTRY, Tensor, grad, jvp
from autodiff.op import Kink, Operation

DECLARED = [(operation, kink) for operation in REGISTRY.values() for kink in operation.kinks]


@pytest.mark.parametrize(
    ("operation", "kink"), DECLARED, ids=lambda p: p.name if isinstance(p, Operation) else str(p.at)
)
def test_declared_kink(operation: Operation, kink: Kink) -> None:
    """Both modes give the derivatives that an operation's declaration, and with it the documentation, names."""
    point = tuple([np.asarray(x) for x in kink.at])

    def total(*arguments: Any) -> Tensor:
        return ad.sum(operation.function(*arguments))

    def along(k: int) -> Callable[..., Tensor]:
        return lambda x: total(*point[:k], x, *point[k + 1 :])

    with np.errstate(all="ignore"):
        reverse = [g.tolist() for g in grad(total, argnums=tuple(range(len(point))))(*point)]
        forward = [
            forward_gradient(lambda x, k=k: total(*point[:k], x, *point[k + 1 :]), x) for k, x in enumerate(point)
        ]
    assert reverse == list(kink.derivatives)
    assert forward == list(kink.derivatives)


def forward_gradient(f: Callable[..., Tensor], x: Any) -> Any:
    """The gradient by forward mode, an entry at a time, as lists of numbers."""
    units = np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([jvp(f, (x,), (unit,))[1].item() for unit in units]).reshape(x.shape).tolist()


@pytest.mark.parametrize("name", ["abs", "maximum", "minimum", "clip", "pow", "hypot", "max", "min", "vector_norm"])
def test_the_design_s_kinks_are_declared(name: str) -> None:
    """Those that the design decides, and others that need a decision, have a declaration."""
    assert REGISTRY[name].kinks


@pytest.mark.parametrize(
    ("f", "at", "derivatives"),
    [
        (ad.abs, (-0.0,), (0.0,)),
        (ad.abs, (-2.0,), (-1.0,)),
        (lambda x: ad.maximum(x, 0.0), (0.0,), (0.5,)),
        (ad.maximum, (2.0, 1.0), (1.0, 0.0)),
        (ad.minimum, (2.0, 1.0), (0.0, 1.0)),
        (lambda x: ad.clip(x, 0.0, 1.0), (0.0,), (1.0,)),
        (lambda x: ad.clip(x, 0.0, 1.0), (1.0,), (1.0,)),
        (lambda x: ad.clip(x, 0.0, 1.0), (-1.0,), (0.0,)),
        (ad.clip, (-1.0, 0.0, 1.0), (0.0, 1.0, 0.0)),
        (ad.clip, (2.0, 0.0, 1.0), (0.0, 0.0, 1.0)),
        # Bounds in the wrong order: NumPy's result is the upper one.
        (ad.clip, (0.5, 2.0, 1.0), (0.0, 0.0, 1.0)),
        (ad.pow, (0.0, 1.0), (1.0, 0.0)),
        (lambda x: x**2.0, (-3.0,), (-6.0,)),
        (lambda x: ad.prod(ad.stack([x, x, x])), (0.0,), (0.0,)),
        (lambda x, y: ad.prod(ad.stack([x, y])), (0.0, 3.0), (3.0, 0.0)),
        (lambda x, y: ad.prod(ad.stack([x, y, y])), (0.0, 0.0), (0.0, 0.0)),
    ],
)
def test_derivative_at_a_kink(f: Callable[..., Tensor], at: tuple[float, ...], derivatives: tuple[float, ...]) -> None:
    """Reverse and forward mode give the same documented number."""
    reverse = grad(f, argnums=tuple(range(len(at))))(*at)
    units = np.eye(len(at))
    forward = [jvp(f, at, list(unit))[1] for unit in units]
    assert tuple(g.item() for g in reverse) == derivatives
    assert tuple(t.item() for t in forward) == derivatives


@pytest.mark.parametrize("f", [ad.max, ad.min])
@pytest.mark.parametrize(
    ("x", "axis", "share"),
    [
        ([3.0, 3.0], None, [0.5, 0.5]),
        ([[1.0, 1.0], [1.0, 1.0]], None, [[0.25, 0.25], [0.25, 0.25]]),
        ([[1.0, 1.0], [1.0, 1.0]], 0, [[0.5, 0.5], [0.5, 0.5]]),
        ([[2.0, 2.0, 2.0, 2.0]], 1, [[0.25, 0.25, 0.25, 0.25]]),
    ],
)
def test_ties_share_evenly(f: Callable[..., Tensor], x: Any, axis: int | None, share: Any) -> None:
    """Entries that tie for the extreme get equal parts of the gradient, and the parts sum to 1."""
    assert grad(lambda x: f(x, axis=axis).sum())(x).tolist() == share
    tangent = jvp(lambda x: f(x, axis=axis).sum(), (x,), (np.ones(np.shape(x)),))[1]
    assert tangent.item() == np.sum(share)


def test_only_the_extreme_gets_a_gradient() -> None:
    """Entries that are not the largest have none, whatever ties among themselves they have."""
    assert grad(lambda x: ad.max(x))([1.0, 4.0, 1.0, 4.0]).tolist() == [0.0, 0.5, 0.0, 0.5]


def test_second_derivatives_at_kinks() -> None:
    """Piecewise linear functions have second derivative 0 at their kinks, and powers keep theirs."""
    assert grad(grad(ad.abs))(0.0).item() == 0.0
    assert grad(grad(lambda x: ad.maximum(x, 0.0)))(0.0).item() == 0.0
    assert grad(grad(lambda x: x**2.0))(0.0).item() == 2.0
    assert grad(grad(grad(lambda x: x**3.0)))(0.0).item() == 6.0
    assert ad.hessian(lambda x: ad.prod(x))([0.0, 0.0, 5.0]).tolist() == [[0, 5, 0], [5, 0, 0], [0, 0, 0]]


def test_a_branch_not_chosen_has_derivative_zero() -> None:
    """`where` passes nothing into the other branch, as long as that is finite."""
    x = Tensor([-1.0, 2.0], requires_grad=True)
    ad.where(x > 0, x * x, -x).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [-1.0, 4.0]


@pytest.mark.parametrize(
    "f",
    [
        lambda x: ad.where(x > 0, ad.log(x), 0.0),
        lambda x: ad.minimum(1.0 / x, 9.0),
        lambda x: ad.log(x)[x > 0],
    ],
)
def test_what_is_left_out_has_no_influence(f: Callable[[Any], Any]) -> None:
    """Where an infinite or NaN intermediate result is replaced, its derivative doesn't make a NaN of the gradient."""
    with np.errstate(all="ignore"):
        gradient = ad.grad(lambda x: ad.sum(f(x)))([0.0, 4.0]).tolist()
        twice = ad.grad(lambda x: ad.sum(ad.grad(lambda x: ad.sum(f(x)))(x)))([0.0, 4.0]).tolist()
    assert np.isfinite(gradient + twice)[[1, 3]].all()
    assert gradient[0] == twice[0] == 0.0


def test_what_was_written_over_has_no_influence() -> None:
    """A NaN that is replaced through a mask, as consumers do, leaves the gradient as it is."""
    x = ad.Tensor([0.0, 4.0], requires_grad=True)
    with np.errstate(all="ignore"):
        y = x * 1.0 / x + x
        y[ad.isnan(y)] = 5.0
        (y * y).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [0.0, 2.0 * (1.0 + 4.0)]
