"""Linear algebra beyond the samples: complex matrices, degenerate spectra, singular ones, named tuples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import GradientError, Tensor, gradcheck
from autodiff import linalg as la

RNG = np.random.default_rng(5)
COMPLEX = RNG.normal(size=(2, 3, 3)) + 1j * RNG.normal(size=(2, 3, 3)) + 2 * np.eye(3)
DEFINITE = COMPLEX @ COMPLEX.conj().mT + 5 * np.eye(3)
WEIGHTS = RNG.normal(size=(3, 3))
SHAPES = [COMPLEX, COMPLEX[..., :2], COMPLEX[..., :2, :]]


def absolute(x: Any) -> Any:
    """The squared absolute values, which no phase changes."""
    return ad.real(x * ad.conj(x))


def adjoint(x: Any) -> Any:
    """The conjugate transpose."""
    return ad.conj(ad.matrix_transpose(x))


def of_svd(x: Any) -> Any:
    """A function of singular vectors and values that doesn't depend on the phases."""
    u, s, vh = la.svd(x, full_matrices=False)
    return ad.concat(
        [ad.reshape(y, (-1,)) for y in (absolute(u), s, absolute(vh), ad.real((u * ad.exp(s)[:, None, :]) @ vh))]
    )


def of_eigh(x: Any) -> Any:
    """The same of eigenvectors and eigenvalues."""
    values, v = la.eigh(x)
    return ad.concat(
        [ad.reshape(y, (-1,)) for y in (values, absolute(v), ad.real((v * values[:, None, :]) @ adjoint(v)))]
    )


def of_eig(x: Any) -> Any:
    """The same of a matrix that isn't hermitian."""
    values, v = la.eig(x)
    return ad.concat([ad.reshape(ad.real(values), (-1,)), ad.reshape(absolute(v), (-1,))])


CALLS: list[tuple[Callable[..., Any], Any]] = [
    (la.inv, COMPLEX),
    (la.det, COMPLEX),
    (la.slogdet, COMPLEX),
    (la.cholesky, DEFINITE),
    (lambda x: la.cholesky(x, upper=True), DEFINITE),
    *[(la.qr, x) for x in SHAPES],
    *[(la.pinv, x) for x in SHAPES],
    *[(la.svdvals, x) for x in SHAPES],
    *[(of_svd, x) for x in SHAPES],
    (of_eigh, DEFINITE),
    (la.eigvalsh, DEFINITE),
    (la.eigvals, COMPLEX),
    (of_eig, COMPLEX),
    (of_eig, WEIGHTS[None]),
    (la.vector_norm, COMPLEX),
    (lambda x: la.matrix_power(x, -2), COMPLEX),
    (lambda x: la.trace(x, offset=1), COMPLEX),
]


@pytest.mark.parametrize(("f", "x"), CALLS)
def test_complex(f: Callable[..., Any], x: Any) -> None:
    """Reverse and forward mode agree with differences on complex matrices, stacked, tall and wide."""
    assert gradcheck(f, x)


@pytest.mark.parametrize(
    ("f", "x"), [(la.solve, (COMPLEX, COMPLEX[0, 0])), (ad.vecdot, (COMPLEX[0, 0], COMPLEX[0, 1]))]
)
def test_complex_pairs(f: Callable[..., Any], x: Any) -> None:
    """So for two arguments, the conjugated first one of `vecdot` among them."""
    assert gradcheck(f, x)


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_det_of_singular_matrix(rank: int) -> None:
    """The derivatives of the determinant are those of a polynomial at any rank, in second order, too."""
    x = WEIGHTS[:, :rank] @ WEIGHTS[:rank]
    if rank == 1:  # nothing but rounding errors, which differences do not see
        np.testing.assert_allclose(ad.grad(la.det)(x).numpy(), np.zeros((3, 3)), atol=1e-13)
        return
    assert gradcheck(la.det, x, order=2)
    assert gradcheck(la.det, np.eye(3), order=2)


def test_equal_eigenvalues() -> None:
    """Vectors of equal values have no derivative; functions of the values alone do."""
    for f in (lambda x: la.eigh(x).eigenvectors[1, 0], lambda x: la.svd(x).U[1, 0], lambda x: la.eig(x).eigenvectors):
        y, pull = ad.vjp(f, np.eye(2))
        with pytest.raises(GradientError, match="equal"):
            pull(np.ones(y.shape, y.dtype))
    for f in (
        lambda x: la.eigh(x).eigenvalues.sum(),
        lambda x: la.svd(x).S.sum(),
        lambda x: la.matrix_norm(x, ord="nuc"),
    ):
        assert ad.grad(f)(np.eye(2)).tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_undetermined_vectors() -> None:
    """What a matrix that isn't square leaves open has no derivative."""
    x = Tensor(WEIGHTS[:, :2], requires_grad=True)
    with pytest.raises(GradientError, match="full_matrices=False"):
        la.svd(x).U.sum().backward()
    with pytest.raises(GradientError, match="reduced"):
        la.qr(x, mode="complete").Q.sum().backward()


def test_norm_at_zero() -> None:
    """The norm's derivatives at the vector 0 are 0, whatever its order."""
    for order in (0, 1, 2, 3.5, float("inf")):
        assert ad.grad(lambda x, order=order: la.vector_norm(x, ord=order))([0.0, 0.0]).tolist() == [0.0, 0.0]


def test_named_tuples() -> None:
    """Operations with several outputs return named tuples of Tensors, in rules and outside, recorded or not."""
    for required in (False, True):
        x = Tensor(WEIGHTS, requires_grad=required)
        assert la.qr(x)._fields == ("Q", "R")
        assert la.svd(x)._fields == ("U", "S", "Vh")
        assert la.eigh(x)._fields == la.eig(x)._fields == ("eigenvalues", "eigenvectors")
        assert la.slogdet(x)._fields == ("sign", "logabsdet")
        assert all(isinstance(y, Tensor) and y.requires_grad == required for y in la.svd(x))


def test_outputs_accumulate() -> None:
    """Every use of every output contributes, and a freed graph says so."""
    x = Tensor(WEIGHTS, requires_grad=True)
    q, r = la.qr(x)
    y = (q @ r).sum() + r.sum() - r.sum()
    y.backward()
    assert x.grad is not None
    np.testing.assert_allclose(x.grad.numpy(), np.ones((3, 3)), atol=1e-12)
    with pytest.raises(GradientError, match="freed"):
        y.backward()
