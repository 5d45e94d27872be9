"""Complex numbers: the gradient of a real loss points up-hill, ``dL/dRe + i dL/dIm``."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import REGISTRY, Tensor, grad, gradcheck, jvp, vjp

from .cases import DIFFERENTIABLE, Case, cotangent

# What orders complex numbers, or is written with functions that do, is for real ones.
REAL_ONLY = {
    "quantile",
    "unique_values",
    "astype",
    "atan2",
    "bernoulli_slope",
    "clamped_log",
    "clamped_reciprocal",
    "clip",
    "copysign",
    "erf",
    "gaussian",
    "hypot",
    "logaddexp",
    "ihfft",
    "max",
    "maximum",
    "min",
    "minimum",
    "remainder",
    "rfft",
    "rfftn",
    "sigmoid",
    "sigmoid_derivative",
    "softmax_of_two",
    "softplus",
    "tanh_derivative",
    "logsumexp",
    "log_softmax",
    "softmax",
}
# The phases of these vectors are not determined, so differences of them mean nothing; `test_linalg` has functions of
# them that no phase changes.
WITH_PHASES = {"eig", "eigh", "svd"}
NOT_COMPARED = REAL_ONLY | WITH_PHASES


def turned(case: Case) -> list[np.ndarray[Any, Any]]:
    """The case's inputs, away from the real axis."""
    rng = np.random.default_rng(0)
    turn = [1j * rng.uniform(0.3, 1.0, x.shape) for x in case.inputs]
    return [x + turn[k] if k in case.varied else x for k, x in enumerate(case.inputs)]


COMPLEX = [c for c in DIFFERENTIABLE if c.operation.name not in REAL_ONLY | WITH_PHASES]

by_case = functools.partial(pytest.mark.parametrize, "case", ids=str)


@by_case(COMPLEX)
def test_complex_values(case: Case) -> None:
    """Shape, dtype and values are NumPy's, or those of the declared reference."""
    case = replace(case, inputs=tuple(turned(case)))
    y = case.call(*case.inputs).numpy()
    expected = np.asarray(case.reference())
    assert (y.shape, y.dtype) == (expected.shape, expected.dtype)
    # To some roundings, of numbers up to some hundred.
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-12)


@by_case(COMPLEX)
def test_complex_derivatives(case: Case) -> None:
    """Both modes, both orders, against differences in the real and the imaginary direction."""
    case = replace(case, inputs=tuple(turned(case)))
    assert gradcheck(case.of_varied, case.point, order=2)


@by_case([c for c in COMPLEX if len(c.varied) > 1])
def test_real_and_complex_arguments(case: Case) -> None:
    """With each of the arguments real and the others complex, the derivatives are right and of the argument's dtype."""
    for k in case.varied:
        if case.operation.name == "setitem" and k == 0:
            continue  # complex values don't go into an array of real numbers
        inputs = turned(case)
        inputs[k] = case.inputs[k]
        mixed = replace(case, inputs=tuple(inputs))
        # The second order of large cases is in the test above, and takes the square of the number of entries.
        assert gradcheck(mixed.of_varied, mixed.point, order=2 if sum(x.size for x in mixed.point) <= 16 else 1)
        y, pull = vjp(mixed.of_varied, *mixed.point)
        assert [g.dtype for g in pull(cotangent(y))] == [x.dtype for x in mixed.point]


@by_case(COMPLEX)
def test_complex_single_precision_is_kept(case: Case) -> None:
    """complex64 arguments give complex64 (or float32) results, tangents and gradients."""
    inputs = [x.astype(np.complex64) if k in case.varied else x for k, x in enumerate(turned(case))]
    single = replace(case, inputs=tuple(inputs))
    y, pushed = jvp(single.of_varied, single.point, [cotangent(x) for x in single.point])
    assert y.dtype == pushed.dtype == (np.complex64 if case.call(*turned(case)).dtype.kind == "c" else np.float32)
    gradients = vjp(single.of_varied, *single.point)[1](cotangent(y))
    assert {g.dtype for g in gradients} == {np.dtype(np.complex64)}


def test_real_only_names_exist() -> None:
    """The list above has no operation that is gone."""
    assert REGISTRY.keys() >= REAL_ONLY | WITH_PHASES


def test_the_gradient_points_up_hill() -> None:
    """Of |z|^2 it is 2z: a step along it makes the loss larger."""
    z = Tensor(np.array([1 + 2j, -3j]), requires_grad=True)
    ad.sum(ad.real(z * ad.conj(z))).backward()
    assert z.grad is not None
    assert z.grad.tolist() == [2 + 4j, -6j]


def test_a_real_argument_gets_a_real_gradient() -> None:
    """Beside a complex one, the gradient of a real number has no imaginary part to go to."""
    x = Tensor([1.0, 2.0], requires_grad=True)
    z = Tensor(np.array([3 + 4j, 5 - 1j]), requires_grad=True)
    ad.sum(ad.real(x * z)).backward()
    assert x.grad is not None
    assert z.grad is not None
    assert x.grad.dtype == np.float64
    assert (x.grad.tolist(), z.grad.tolist()) == ([3.0, 5.0], [1.0, 2.0])


def test_holomorphic_functions_have_complex_derivatives() -> None:
    """Forward mode multiplies by the complex derivative, reverse mode by its conjugate."""
    z, t = np.array(0.5 + 1j), np.array(2.0 - 1j)
    assert jvp(ad.exp, (z,), (t,))[1].item() == np.exp(z) * t
    # One complex product, rounded in another order perhaps.
    assert vjp(ad.exp, z)[1](t)[0].item() == pytest.approx(np.conj(np.exp(z)) * t, rel=1e-15)


def test_real_loss_of_complex_parameters_in_both_modes() -> None:
    """The directional derivative is Re(conj(gradient) t), in a function with real and complex parts."""
    rng = np.random.default_rng(1)
    a, z, t = (rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3)) for _ in range(3))

    def loss(z: Any) -> Tensor:
        y = ad.tanh(a @ z) @ ad.conj(z)
        return ad.sum(ad.real(y * ad.conj(y)))

    gradient = grad(loss)(z).numpy()
    tangent = jvp(loss, (z,), (t,))[1].item()
    # Sums of some hundred terms of size 10.
    assert np.sum(np.conj(gradient) * t).real == pytest.approx(tangent, rel=1e-12)
    assert gradcheck(loss, z)


def test_a_real_number_made_complex_has_a_real_gradient() -> None:
    """The conversion is the inclusion of the real numbers; its adjoint takes the real part."""
    x = Tensor([1.0, 2.0], requires_grad=True)
    z = ad.astype(x, "complex128") * np.array([1j, 2.0 + 1j])
    ad.sum(ad.real(z * ad.conj(z))).backward()
    assert x.grad is not None
    assert x.grad.dtype == np.float64
    # d(x^2 |c|^2) = 2 x |c|^2, sums and products of small integers.
    assert x.grad.tolist() == [2.0, 20.0]


def test_variance_of_complex_numbers_is_real() -> None:
    """As NumPy's: the mean squared distance; its gradient is 2/n times the residual."""
    z = Tensor(np.array([1j, -1j]), requires_grad=True)
    y = ad.var(z)
    y.backward()
    assert z.grad is not None
    assert (y.dtype, y.item(), z.grad.tolist()) == (np.float64, 1.0, [1j, -1j])
