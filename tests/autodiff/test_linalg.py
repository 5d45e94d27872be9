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


@pytest.mark.parametrize("rank", [0, 1, 2, 3])
def test_det_of_singular_matrix(rank: int) -> None:
    """The derivatives of the determinant are those of a polynomial at any rank, in second order, too."""
    x = WEIGHTS[:, :rank] @ WEIGHTS[:rank]
    if rank == 1:  # nothing but rounding errors, which differences do not see
        np.testing.assert_allclose(ad.grad(la.det)(x).numpy(), np.zeros((3, 3)), atol=1e-13)
        return
    assert gradcheck(la.det, x, order=2)


@pytest.mark.parametrize(
    "x", [np.zeros((3, 3)), np.eye(3), np.diag([1.0, 1.0, 0.0]), np.stack([np.eye(2), np.zeros((2, 2))])]
)
def test_det_has_all_derivatives(x: Any) -> None:
    """It is a polynomial: singular values that are equal, or 0, are no obstacle to the third derivative."""
    assert gradcheck(la.det, x, order=3)
    assert gradcheck(la.det, x + 0j, order=3)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_det_along_a_line(n: int) -> None:
    """Of ``det(t * direction) = t**n * det(direction)`` the n-th derivative at 0 is n! times the determinant."""
    direction = RNG.normal(size=(n, n))
    f: Callable[..., Any] = lambda t: la.det(t * direction)  # noqa: E731
    expected = float(np.linalg.det(direction))
    for k in range(1, n + 1):
        f = ad.grad(f)
        expected *= k
        # Sums of some hundred products.
        np.testing.assert_allclose(f(0.0).item(), expected if k == n else 0.0, rtol=1e-12, atol=1e-12)


def column_sums(y: Any) -> Any:
    """A function of vectors that doesn't treat them alike."""
    return ad.sum(ad.matmul(y, np.arange(1.0, y.shape[-1] + 1)))


DIAGONAL = np.diag([1.0, 1.0, 3.0])
TURNED = np.linalg.qr(RNG.normal(size=(3, 3)))[0]
UNDETERMINED: list[tuple[Callable[..., Any], Any]] = [
    # An entry with nothing to turn to in first order has no derivative, either.
    (lambda x: la.eigh(x).eigenvectors[0, 0], np.eye(3)),
    (lambda x: la.eigh(x).eigenvectors[1, 0], np.eye(3)),
    (lambda x: la.eigh(x).eigenvectors[2, 0], DIAGONAL),
    (lambda x: column_sums(la.eigh(x).eigenvectors), DIAGONAL),
    (lambda x: column_sums(la.eigh(x).eigenvectors), TURNED @ DIAGONAL @ TURNED.T),
    (lambda x: column_sums(la.eigh(x).eigenvectors), np.zeros((2, 2))),
    (lambda x: ad.real(la.eig(x).eigenvectors[0, 0]), np.eye(3)),
    (lambda x: ad.real(la.eig(x).eigenvectors[1, 0]), np.eye(3)),
    (lambda x: la.svd(x).U[0, 0], np.eye(3)),
    (lambda x: la.svd(x).Vh[1, 2], np.eye(3)),
    (lambda x: column_sums(la.svd(x).U), TURNED @ DIAGONAL),
    (lambda x: column_sums(la.svd(x).U), WEIGHTS[:, :2]),
    (lambda x: column_sums(la.svd(x).Vh), WEIGHTS[:2]),
    (lambda x: la.svd(x, full_matrices=False).U[0, 1], np.outer(WEIGHTS[0], WEIGHTS[1])[:, :2]),
    (lambda x: la.svd(x, full_matrices=False).Vh[1, 0], np.outer(WEIGHTS[0], WEIGHTS[1])[:2]),
    (lambda x: column_sums(la.qr(x, mode="complete").Q), WEIGHTS[:, :2]),
    (lambda x: la.qr(x).R[0, 1], np.ones((2, 2))),
    (lambda x: la.slogdet(x).logabsdet, np.ones((2, 2))),
    (lambda x: ad.real(la.slogdet(x).sign), np.ones((2, 2)) + 0j),
    (lambda x: ad.real(la.eigvals(x)[0]), np.array([[1.0, 1.0], [0.0, 1.0]])),
    (lambda x: ad.real(la.eig(x).eigenvalues[0]), np.array([[1.0, 1.0], [0.0, 1.0]])),
]


@pytest.mark.parametrize(("f", "x"), UNDETERMINED)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_undetermined(f: Callable[..., Any], x: Any, dtype: Any) -> None:
    """A derivative by what the matrix doesn't determine is an error, its tangent NaN; equal to rounding is equal."""
    x = x.astype(np.result_type(dtype, x.dtype) if x.dtype.kind == "c" else dtype)
    with pytest.raises(GradientError):
        ad.grad(f)(x)
    tangent = ad.jvp(f, (x,), (np.ones_like(x),))[1].item()
    assert np.isnan(tangent)


def projector(v: Any) -> Any:
    """Onto the columns of `v`, whatever their signs, which LAPACK may turn with the matrix."""
    return v @ v.mT


DETERMINED: list[tuple[Callable[..., Any], Any]] = [
    (lambda x: projector(la.eigh(x).eigenvectors[:, 2:]), DIAGONAL),
    (lambda x: la.eigh(x).eigenvalues.sum(), np.eye(3)),
    (lambda x: ad.real(la.eig(x).eigenvalues.sum()), np.eye(3)),
    (lambda x: ad.real(la.eigvals(x).sum()), np.eye(3)),
    (lambda x: la.eigvalsh(x).sum(), np.eye(3)),
    (lambda x: la.svd(x).S.sum(), np.eye(3)),
    (lambda x: projector(la.svd(x).U[:, :1]), DIAGONAL),
    (lambda x: la.svd(x).S, WEIGHTS[:, :2]),
    (lambda x: la.svd(x).U[:, :2], WEIGHTS[:, :2]),
    (lambda x: la.svd(x).Vh[:2], WEIGHTS[:2]),
    (lambda x: la.svd(x, full_matrices=False).Vh[0], np.outer(WEIGHTS[0], WEIGHTS[1])[:, :2]),
    (lambda x: la.qr(x, mode="complete").R, WEIGHTS[:, :2]),
    (lambda x: la.qr(x, mode="complete").Q[:, :2], WEIGHTS[:, :2]),
    (lambda x: la.slogdet(x).logabsdet[1], np.stack([np.ones((2, 2)), np.eye(2)])),
    (lambda x: la.matrix_norm(x, ord="nuc"), np.eye(3)),
    (lambda x: la.inv(x), np.eye(3)),
    (lambda x: la.pinv(x), np.eye(3)[:, :2]),
    (lambda x: la.cholesky(x), np.eye(3)),
]


@pytest.mark.parametrize(("f", "x"), DETERMINED)
def test_determined_beside_undetermined(f: Callable[..., Any], x: Any) -> None:
    """What the same matrix does determine keeps its derivatives, in both modes."""
    assert gradcheck(f, x)


PHASES: list[tuple[Callable[..., Any], Any]] = [
    (lambda x: ad.real(la.eigh(x).eigenvectors[..., 1, 0].sum()), DEFINITE),
    (lambda x: ad.imag(la.eigh(x).eigenvectors.sum()), 1e-6 * DEFINITE),
    (lambda x: 1e-6 * ad.real(la.eig(x).eigenvectors.sum()), COMPLEX),
    (lambda x: ad.real(la.eig(x).eigenvectors.sum()), np.array([[0.5, 2.0], [-1.0, 0.0]])),
    (lambda x: ad.real(la.svd(x).U.sum()), COMPLEX),
    (lambda x: ad.real(la.svd(x, full_matrices=False).Vh.sum()), COMPLEX[..., :2]),
]


@pytest.mark.parametrize(("f", "x"), PHASES)
def test_functions_of_a_phase_are_refused(f: Callable[..., Any], x: Any) -> None:
    """The phase of complex vectors isn't determined by the matrix."""
    with pytest.raises(GradientError, match="phi"):
        ad.grad(f)(x)


@pytest.mark.parametrize(("f", "x"), [(of_eigh, DEFINITE), (of_eig, COMPLEX[1:]), *[(of_svd, x) for x in SHAPES]])
def test_phase_free_functions_have_second_derivatives(f: Callable[..., Any], x: Any) -> None:
    """The check of the phases lets pass what doesn't depend on them, in second order, too."""
    assert gradcheck(f, x, order=2)


def test_rounding_errors_are_no_phase() -> None:
    """A function whose cotangents cancel to nothing but rounding errors has a derivative."""

    def loss(x: Any) -> Any:
        v = la.eigh(x).eigenvectors
        return ad.sum(absolute(v @ adjoint(v) - np.eye(3)))

    np.testing.assert_allclose(ad.grad(loss)(DEFINITE).numpy(), 0.0, atol=1e-12)


def test_gauge_of_tangents() -> None:
    """In forward mode no vector turns: ``v^H dv = 0``, and for singular vectors ``u^H du + v^H dv = 0``."""
    t = COMPLEX - 1j * DEFINITE
    for f in (lambda x: la.eigh(x).eigenvectors, lambda x: la.eig(x).eigenvectors):
        v, dv = ad.jvp(f, (DEFINITE,), (t,))
        np.testing.assert_allclose(np.sum(v.numpy().conj() * dv.numpy(), axis=-2), 0.0, atol=1e-12)
    u, du = ad.jvp(lambda x: la.svd(x).U, (COMPLEX,), (t,))
    vh, dvh = ad.jvp(lambda x: la.svd(x).Vh, (COMPLEX,), (t,))
    turn = np.sum(u.numpy().conj() * du.numpy(), axis=-2) + np.sum(vh.numpy() * dvh.numpy().conj(), axis=-1)
    np.testing.assert_allclose(turn, 0.0, atol=1e-12)


def test_diagonal_of_r_is_real() -> None:
    """So its derivative has no imaginary part: that is what determines the phases of Q."""
    r, dr = ad.jvp(lambda x: la.qr(x).R, (COMPLEX,), (COMPLEX - 1j * DEFINITE,))
    for y in (r, dr):
        np.testing.assert_allclose(np.diagonal(y.numpy(), axis1=-2, axis2=-1).imag, 0.0, atol=1e-12)


ORDERS: list[Any] = ["fro", "nuc", 1, -1, 2, -2, float("inf"), -float("inf")]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("keepdims", [False, True])
def test_matrix_norms(order: Any, keepdims: bool) -> None:
    """Of real and complex matrices, square, tall and wide, in second order."""
    for x in (*SHAPES, *[x.real for x in SHAPES], COMPLEX[0]):
        assert gradcheck(lambda x: la.matrix_norm(x, ord=order, keepdims=keepdims), x, order=2)
        expected = np.linalg.norm(x, order, axis=(-2, -1), keepdims=keepdims)
        # Sums of nine terms, or singular values, of size 1.
        np.testing.assert_allclose(la.matrix_norm(x, ord=order, keepdims=keepdims).numpy(), expected, rtol=1e-13)


@pytest.mark.parametrize("order", ORDERS)
def test_matrix_norm_at_zero(order: Any) -> None:
    """The derivatives of every norm at the matrix 0 are 0; a singular value of 0 counts for nothing."""
    assert not ad.grad(lambda x: la.matrix_norm(x, ord=order))(np.zeros((2, 3))).numpy().any()
    assert not ad.jvp(lambda x: la.matrix_norm(x, ord=order), (np.zeros((2, 3)),), (np.ones((2, 3)),))[1].item()
    assert ad.grad(lambda x: la.matrix_norm(x, ord="nuc"))([[2.0, 0.0], [0.0, 0.0]]).tolist() == [[1, 0], [0, 0]]


@pytest.mark.parametrize("order", [1, 2, 3, 3.5, 0.5, -1, -2, float("inf"), -float("inf")])
@pytest.mark.parametrize("axis", [None, 0, -1, (0, 1)])
def test_vector_norms(order: float, axis: Any) -> None:
    """Of real and complex vectors of every order, in second order."""
    for x in (COMPLEX[0], WEIGHTS):
        assert gradcheck(lambda x: la.vector_norm(x, ord=order, axis=axis), x, order=2)


@pytest.mark.parametrize("shape", [(0, 0), (2, 0, 0), (0, 2, 2)])
def test_empty(shape: tuple[int, ...]) -> None:
    """Matrices without entries, and no matrices, have derivatives without entries."""
    x = np.zeros(shape)
    functions: list[Callable[..., Any]] = [la.det, la.inv, la.cholesky, la.eigvals, la.svdvals, la.pinv, la.eigvalsh]
    functions += [lambda x: la.eigh(x).eigenvectors, lambda x: la.svd(x).U, lambda x: la.slogdet(x).logabsdet]
    functions += [lambda x: la.qr(x).Q, lambda x: la.eig(x).eigenvectors]
    for f in functions:
        y, pull = ad.vjp(f, x)
        assert pull(np.zeros(y.shape, y.dtype))[0].shape == shape
        assert ad.jvp(f, (x,), (x,))[1].shape == y.shape


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
