"""Every operation of the REGISTRY on every sample: values, derivatives, and the checks of these checks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import REGISTRY, GradcheckError, Tensor, gradcheck, jvp, no_grad, vjp
from autodiff.op import Operation

from .cases import CASES, CONSTANT, DIFFERENTIABLE, RECORDED, Case, bits, cotangent

# Values and gradients by two different ways of computing agree to some rounding errors; none of the samples
# is ill-conditioned or sums more than 60 terms.
ROUNDING = 100 * np.finfo(np.float64).eps

SINGLE = {np.dtype("float64"): np.dtype("float32"), np.dtype("complex128"): np.dtype("complex64")}

by_case = functools.partial(pytest.mark.parametrize, "case", ids=str)


# Values -----------------------------------------------------------------------------------------------------


@by_case(CASES)
def test_value_is_numpys(case: Case) -> None:
    """Shape, dtype and values are those of NumPy's function of this name, or of the declared reference."""
    y = case.call(*case.inputs).numpy()
    expected = np.asarray(case.reference())
    assert y.shape == expected.shape
    assert y.dtype == expected.dtype
    np.testing.assert_allclose(y, expected, rtol=ROUNDING, atol=ROUNDING)


@by_case(CASES)
def test_value_does_not_depend_on_recording(case: Case) -> None:
    """A recorded call, one under no_grad and one on plain arrays give the same bits."""
    plain = bits(case.call(*case.inputs))
    tracked = [Tensor(x, requires_grad=x.dtype.kind in "fc") for x in case.inputs]
    assert bits(case.call(*tracked)) == plain
    with no_grad():
        y = case.call(*tracked)
    assert bits(y) == plain
    assert not y.requires_grad


@by_case(CASES)
def test_inputs_are_untouched(case: Case) -> None:
    """Neither value nor derivatives write into an argument or a cotangent: they are read-only here."""
    before = [bits(x) for x in case.inputs]
    if case.varied:
        y, pull = vjp(case.of_varied, *case.point)
        g = cotangent(y)
        pull(g)
        jvp(case.of_varied, case.point, [cotangent(x) for x in case.point])
        assert bits(g) == bits(cotangent(y))
    else:
        case.call(*case.inputs)
    assert [bits(x) for x in case.inputs] == before


@by_case(CONSTANT)
def test_constants_end_the_gradient(case: Case) -> None:
    """What has no derivative records nothing."""
    tracked = [Tensor(x, requires_grad=x.dtype.kind in "fc") for x in case.inputs]
    y = case.call(*tracked)
    assert not y.requires_grad


# Derivatives ------------------------------------------------------------------------------------------------


@by_case(DIFFERENTIABLE)
def test_derivatives(case: Case) -> None:
    """Reverse and forward mode agree with finite differences, in first order and in second."""
    assert gradcheck(case.of_varied, case.point, order=2)


THIRD = (
    "multiply divide pow exp log sin tan atan tanh sigmoid softplus erf hypot atan2 logaddexp square sqrt reciprocal "
)
THIRD += "prod cumulative_prod var std logsumexp softmax log_softmax matmul inv solve det cofactor pinv vector_norm "
THIRD += "cholesky eigvalsh matrix_power tensordot"


@pytest.mark.parametrize("name", THIRD.split())
def test_third_derivatives(name: str) -> None:
    """So in third order, of the operations whose derivatives have formulas of their own."""
    cases = [c for c in DIFFERENTIABLE if c.operation.name == name and 1 <= sum(x.size for x in c.point) <= 20]
    case = min(cases, key=lambda c: sum(x.size for x in c.point) < 2)
    # A random combination of the outputs keeps the number of derivatives small.
    assert gradcheck(lambda *xs: ad.sum(case.of_varied(*xs) * weights(case)), case.point, order=3)


def weights(case: Case) -> Any:
    """Factors for the outputs of a case."""
    return np.random.default_rng(0).uniform(0.5, 1.5, case.call(*case.inputs).shape)


@by_case(DIFFERENTIABLE)
def test_derivatives_in_single_precision(case: Case) -> None:
    """Both modes give in single precision what they give in double, to its rounding errors."""

    def derivatives(point: Any) -> list[Any]:
        y, pull = vjp(case.of_varied, *point)
        tangents = [cotangent(x, seed=k + 1) for k, x in enumerate(case.point)]
        directions = [t.astype(x.dtype) for t, x in zip(tangents, point, strict=True)]
        double = cotangent(case.of_varied(*case.point))
        pushed = jvp(case.of_varied, point, directions)[1]
        return [g.numpy() for g in (*pull(double.astype(y.dtype)), pushed)]

    single = [x.astype(SINGLE[x.dtype]) for x in case.point]
    for got, true in zip(derivatives(single), derivatives(case.point), strict=True):
        # Some hundred rounding errors of the largest entry; the matrices have condition numbers below 10.
        bound = 1e-4 * np.abs(true).max(initial=1.0)
        np.testing.assert_allclose(got, true, rtol=0, atol=bound)


@by_case(DIFFERENTIABLE)
def test_memory_layout_does_not_matter(case: Case) -> None:
    """Views with negative strides, and arrays in Fortran's order, have the derivatives of contiguous ones."""

    def gradients(point: Any) -> list[Any]:
        y, pull = vjp(case.of_varied, *point)
        return [g.numpy() for g in pull(cotangent(y))]

    backwards = [np.flip(np.flip(x).copy()) for x in case.point]
    fortran = [np.copy(x, order="F") for x in case.point]
    expected = gradients(case.point)
    for point in (backwards, fortran):
        for got, same in zip(gradients(point), expected, strict=True):
            np.testing.assert_allclose(got, same, rtol=ROUNDING, atol=ROUNDING)


@by_case(DIFFERENTIABLE)
def test_modes_are_transposes(case: Case) -> None:
    """<v, J u> = <J^T v, u>: forward and reverse mode are the same linear map, to rounding."""
    tangents = [cotangent(x, seed=k + 1) for k, x in enumerate(case.point)]
    y, pushed = jvp(case.of_varied, case.point, tangents)
    v = cotangent(y)
    pulled = vjp(case.of_varied, *case.point)[1](v)
    # The scalar product of complex numbers as vectors of real ones.
    forward = np.sum(np.conj(v) * pushed.numpy()).real
    terms = [(np.conj(gx.numpy()) * t).real for gx, t in zip(pulled, tangents, strict=True)]
    backward = sum(np.sum(t) for t in terms)
    size = sum(np.sum(np.abs(t)) for t in terms)
    # 1e-12 relative to the terms of the sum: that much their rounding allows.
    assert abs(forward - backward) <= 1e-12 * size


@by_case(DIFFERENTIABLE)
def test_raw_rules_are_tensor_rules(case: Case) -> None:
    """A backward pass on raw arrays and a recorded one give the same bits; forward mode likewise."""

    def gradients(create_graph: bool) -> list[Any]:
        inputs = [Tensor(x, requires_grad=k in case.varied) for k, x in enumerate(case.inputs)]
        y = case.call(*inputs)
        y.backward(cotangent(y), create_graph=create_graph)
        return [bits(inputs[k].grad) for k in case.varied]

    def tangent(recorded: bool) -> Any:
        directions = [Tensor(cotangent(x), requires_grad=recorded) for x in case.point]
        pushed = jvp(case.of_varied, case.point, directions)[1]
        assert pushed.requires_grad == recorded
        return bits(pushed)

    assert gradients(create_graph=True) == gradients(create_graph=False)
    assert tangent(recorded=True) == tangent(recorded=False)


@by_case(DIFFERENTIABLE)
def test_single_precision_is_kept(case: Case) -> None:
    """Single-precision arguments give such a result, unless another is asked for, and such gradients."""
    inputs = [x.astype(SINGLE.get(x.dtype, x.dtype)) for x in case.inputs]
    y = case.call(*inputs)
    assert y.dtype == case.params.get("dtype", SINGLE[case.call(*case.inputs).dtype])
    point = [inputs[k] for k in case.varied]
    out, pull = vjp(
        lambda *xs: case.call(*[xs[case.varied.index(k)] if k in case.varied else x for k, x in enumerate(inputs)]),
        *point,
    )
    assert out.dtype == y.dtype
    assert [g.dtype for g in pull(cotangent(out))] == [x.dtype for x in point]


# The checks can fail ----------------------------------------------------------------------------------------


def scaled(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule off by 0.05 %; its signature, by which the engine knows what to keep, stays."""

    @functools.wraps(rule)
    def wrong(*arguments: Any, **params: Any) -> Any:
        y = rule(*arguments, **params)
        return tuple([1.0005 * part for part in y]) if isinstance(y, tuple) else 1.0005 * y

    return wrong


def has_derivative(case: Case, position: int) -> bool:
    """Whether some derivative by an argument of a case is not zero."""
    among = [k for k, varied in enumerate(case.varied) if case.positions[varied] == position]
    if not among:
        return False
    y, pull = vjp(case.of_varied, *case.point)
    return bool(np.any(pull(cotangent(y))[among[0]].numpy()))


def assert_caught(case: Case, mode: Any) -> None:
    """Fail unless gradcheck finds the factor in this mode."""
    with pytest.raises(GradcheckError, match=f"{mode} mode") as caught:
        gradcheck(case.of_varied, case.point, modes=(mode,))
    # The numeric derivative has six digits at least where 0.05 % of it are to be seen.
    assert caught.value.worst.ratio == pytest.approx(1.0005, rel=1e-6)


RULES = [
    (operation, position)
    for operation in REGISTRY.values()
    for position, rule in enumerate(operation.vjps or ())
    if rule is not None and rule.__name__ != "_flat"  # 1.0005 times 0 is right
]


@pytest.mark.parametrize(("operation", "position"), RULES, ids=lambda p: getattr(p, "name", p))
def test_wrong_rule_is_caught(operation: Operation, position: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule multiplied by 1.0005 is found on every sample where its derivative isn't zero."""
    telling = [c for c in RECORDED if c.operation is operation and has_derivative(c, position)]
    assert telling, "no sample has a derivative by this argument"
    rules = list(operation.vjps or ())
    rules[position] = scaled(rules[position])  # type: ignore[arg-type]
    monkeypatch.setattr(operation, "vjps", tuple(rules))
    forward_by_vjp = operation.kind == "elementwise" or (operation.kind == "primitive" and operation.jvp is None)
    for case in telling:
        assert_caught(case, "reverse")
        if forward_by_vjp:
            assert_caught(case, "forward")


@pytest.mark.parametrize("operation", [o for o in REGISTRY.values() if o.jvp], ids=lambda o: o.name)
def test_wrong_jvp_is_caught(operation: Operation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forward rule multiplied by 1.0005 is found, in forward mode and nowhere else."""
    assert operation.jvp is not None
    monkeypatch.setattr(operation, "jvp", scaled(operation.jvp))
    for case in (c for c in RECORDED if c.operation is operation):
        assert_caught(case, "forward")
        assert gradcheck(case.of_varied, case.point, modes=("reverse",))


def test_wrong_second_derivative_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that is right but has a wrong derivative passes in first order and fails in second."""
    sine = REGISTRY["sin"]

    def detached(xp: Any, g: Any, _y: Any, x: Any) -> Any:
        slope = xp.cos(x)
        return g * (slope.detach() if isinstance(slope, Tensor) else slope)

    monkeypatch.setattr(sine, "vjps", (detached,))
    assert gradcheck(ad.sin, 0.7)
    with pytest.raises(GradcheckError, match="order 2"):
        gradcheck(ad.sin, 0.7, order=2)


# The declarations -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", REGISTRY.values(), ids=lambda o: o.name)
def test_every_operation_has_samples(operation: Operation) -> None:
    """Each operation is in the table of cases, each of its differentiable arguments among them."""
    cases = [c for c in CASES if c.operation is operation]
    assert len(cases) == len(operation.samples) > 0
    ruled = {k for k, rule in enumerate(operation.vjps or ()) if rule is not None}
    assert ruled <= {c.positions[k] for c in cases for k in c.varied}


@pytest.mark.parametrize("operation", REGISTRY.values(), ids=lambda o: o.name)
def test_every_operation_is_public(operation: Operation) -> None:
    """The registered function is what the package exports under its name, unless it is for rules alone."""
    if operation.internal:
        assert not hasattr(within(ad, operation), operation.name)
    elif operation.name != "identity":  # of the transforms
        assert getattr(within(ad, operation), operation.name) is operation.function
    assert operation.function.__doc__
    assert getattr(within(ad.op.TENSORS, operation), operation.name) is operation.function


def within(namespace: Any, operation: Operation) -> Any:
    """The namespace, or that of its extension to which an operation belongs."""
    return getattr(namespace, operation.extension) if operation.extension else namespace
