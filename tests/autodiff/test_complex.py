"""Complex numbers: the gradient of a real loss points up-hill, ``dL/dRe + i dL/dIm``."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import REGISTRY, Tensor, grad, gradcheck, jvp, vjp

from .cases import DIFFERENTIABLE, Case

# What orders complex numbers, or is written with functions that do, is for real ones.
REAL_ONLY = {
    "abs",
    "astype",
    "bernoulli_slope",
    "clamped_log",
    "clamped_reciprocal",
    "clip",
    "max",
    "maximum",
    "min",
    "minimum",
    "sigmoid",
    "sigmoid_derivative",
    "softplus",
    "logsumexp",
    "log_softmax",
    "softmax",
    "matrix_norm",
}
# The phases of these vectors are not determined, so differences of them mean nothing; `test_linalg` has functions of
# them that no phase changes.
WITH_PHASES = {"eig", "eigh", "svd"}
NOT_COMPARED = REAL_ONLY | WITH_PHASES


def turned(case: Case) -> list[np.ndarray[Any, Any]]:
    """The case's inputs, away from the real axis."""
    rng = np.random.default_rng(0)
    return [x + 1j * rng.uniform(0.3, 1.0, x.shape) if k in case.varied else x for k, x in enumerate(case.inputs)]


@pytest.mark.parametrize(
    "case", [c for c in DIFFERENTIABLE if c.operation.name not in REAL_ONLY | WITH_PHASES], ids=str
)
def test_complex_derivatives(case: Case) -> None:
    """Both modes, both orders, against differences in the real and the imaginary direction."""
    inputs = turned(case)

    def of_varied(*varied: Any) -> Tensor:
        filled: list[Any] = list(inputs)
        for k, x in zip(case.varied, varied, strict=True):
            filled[k] = x
        return case.call(*filled)

    assert gradcheck(of_varied, tuple(inputs[k] for k in case.varied), order=2)


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
