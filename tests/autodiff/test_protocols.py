"""NumPy's own functions on Tensors: the table of those that work, with NumPy's values and right derivatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autodiff import GradientError, Tensor, gradcheck

Call = Callable[[Any], Any]

# One positive matrix, its entries apart from each other, from 1 and from all kinks.
X = np.random.default_rng(3).permutation(np.linspace(0.13, 0.92, 12)).reshape(3, 4)
W = np.random.default_rng(4).normal(size=(3, 4))
Z = X + 1j * W

UFUNCS = """
exp expm1 log log1p log2 log10 sqrt square sin cos tan tanh sinh cosh arcsin arccos arctan arctanh arcsinh absolute
fabs negative positive reciprocal exp2 cbrt deg2rad rad2deg degrees radians sign conjugate
"""
BINARY = """
add subtract multiply divide true_divide power float_power maximum minimum logaddexp hypot arctan2 fmax fmin
logaddexp2 copysign
"""
WHOLE = """
sum prod mean var std max min amax amin ptp median cumsum cumprod sort ravel transpose squeeze copy real trace diag
diagonal tril triu flip fliplr flipud rot90 diff atleast_1d atleast_2d atleast_3d nan_to_num cov average
matrix_transpose zeros_like ones_like
"""


def called(name: str, *others: Any) -> Call:
    """A function of NumPy's main namespace, of one argument."""
    return lambda x: getattr(np, name)(x, *others)


TABLE: dict[str, Call] = {
    **{name: called(name) for name in (UFUNCS + WHOLE).split()},
    **{name: called(name, W * W + 1.0) for name in BINARY.split()},
    "sum 0": lambda x: np.sum(x, 0),
    "sum keepdims": lambda x: np.sum(x, axis=1, keepdims=True),
    "mean 1": lambda x: np.mean(x, 1),
    "max 0": lambda x: np.max(x, 0),
    "var ddof": lambda x: np.var(x, axis=0, ddof=1),
    "median 1": lambda x: np.median(x, axis=1),
    "add.reduce": lambda x: np.add.reduce(x),
    "multiply.reduce": lambda x: np.multiply.reduce(x, axis=1),
    "maximum.reduce": lambda x: np.maximum.reduce(x),
    "dot": lambda x: np.dot(x, W.T),
    "matmul": lambda x: np.matmul(x, W.T),
    "array @ tensor": lambda x: W.T @ x,
    "vecdot": lambda x: np.vecdot(x, W),
    "inner": lambda x: np.inner(x, W),
    "vdot": lambda x: np.vdot(x, W),
    "outer": lambda x: np.outer(x, W),
    "kron": lambda x: np.kron(x, W[:2]),
    "tensordot": lambda x: np.tensordot(x, W, axes=([0], [0])),
    "einsum": lambda x: np.einsum("ij,kj->ik", x, W),
    "cross": lambda x: np.cross(x.T, W.T),
    "concatenate": lambda x: np.concatenate([x, W], 1),
    "concat": lambda x: np.concat([x, W], axis=0),
    "stack": lambda x: np.stack([x, W], 1),
    "vstack": lambda x: np.vstack([x, W[0]]),
    "hstack": lambda x: np.hstack([x, W]),
    "dstack": lambda x: np.dstack([x, W]),
    "column_stack": lambda x: np.column_stack([x, W[:, 0]]),
    "append": lambda x: np.append(x, W),
    "split": lambda x: np.split(x, 2, axis=1)[1],
    "array_split": lambda x: np.array_split(x, 2)[0],
    "vsplit": lambda x: np.vsplit(x, 3)[1],
    "hsplit": lambda x: np.hsplit(x, [1, 3])[1],
    "unstack": lambda x: np.unstack(x)[1],
    "reshape": lambda x: np.reshape(x, (4, 3)),
    "resize": lambda x: np.resize(x, (5, 3)),
    "expand_dims": lambda x: np.expand_dims(x, 1),
    "moveaxis": lambda x: np.moveaxis(x[None], 0, -1),
    "swapaxes": lambda x: np.swapaxes(x[None], 0, 2),
    "rollaxis": lambda x: np.rollaxis(x[None], 2),
    "permute_dims": lambda x: np.permute_dims(x, (1, 0)),
    "broadcast_to": lambda x: np.broadcast_to(x, (2, 3, 4)),
    "broadcast_arrays": lambda x: np.broadcast_arrays(x[0], W)[0],
    "meshgrid": lambda x: np.meshgrid(x[0], x[:, 1])[1],
    "roll": lambda x: np.roll(x, 1, 0),
    "repeat": lambda x: np.repeat(x, 2, 1),
    "tile": lambda x: np.tile(x, (2, 1)),
    "pad": lambda x: np.pad(x, ((1, 0), (2, 1))),
    "pad edge": lambda x: np.pad(x, 1, mode="edge"),
    "diff 0": lambda x: np.diff(x, 1, 0),
    "trapezoid": lambda x: np.trapezoid(x, dx=0.5),
    "polyval": lambda x: np.polyval(x[0], x),
    "where": lambda x: np.where(W > 0, x, W),
    "clip": lambda x: np.clip(x, 0.3, 0.7),
    "take": lambda x: np.take(x, [2, 0], 1),
    "take_along_axis": lambda x: np.take_along_axis(x, np.argsort(W, axis=1), 1),
    "compress": lambda x: np.compress([True, False, True], x, axis=0),
    "extract": lambda x: np.extract(W > 0, x),
    "delete": lambda x: np.delete(x, 1, 0),
    "full_like": lambda x: np.full_like(x, 2.0) * x,
    "cumsum 0": lambda x: np.cumsum(x, 0),
    "linalg.inv": lambda x: np.linalg.inv(x @ W.T),
    "linalg.det": lambda x: np.linalg.det(x @ W.T),
    "linalg.solve": lambda x: np.linalg.solve(x @ W.T, W),
    "linalg.norm": lambda x: np.linalg.norm(x),
    "linalg.norm of rows": lambda x: np.linalg.norm(x, 1, axis=1),
    "linalg.norm of a vector": lambda x: np.linalg.norm(x[0], ord=np.inf, keepdims=True),
    "linalg.norm of a matrix": lambda x: np.linalg.norm(x, "nuc"),
    "linalg.norm of matrices": lambda x: np.linalg.norm(x[None], ord=1, axis=(2, 1), keepdims=True),
    "sum with defaults": lambda x: np.sum(x, axis=0, dtype=None, out=None, keepdims=False),
    "linalg.matmul": lambda x: np.linalg.matmul(x, W.T),
    "linalg.outer": lambda x: np.linalg.outer(x[0], W[0]),
    "fft.fft": lambda x: np.fft.fft(x, 3, 0),
    "fft.ifft": lambda x: np.fft.ifft(x, norm="ortho"),
    "fft.rfft": lambda x: np.fft.rfft(x, 5, -1, None),
    "fft.irfft": lambda x: np.fft.irfft(x, n=5),
    "fft.hfft": lambda x: np.fft.hfft(x),
    "fft.ihfft": lambda x: np.fft.ihfft(x),
    "fft.fftn": lambda x: np.fft.fftn(x),
    "fft.ifftn": lambda x: np.fft.ifftn(x, axes=(1,)),
    "fft.rfftn": lambda x: np.fft.rfftn(x),
    "fft.irfftn": lambda x: np.fft.irfftn(x),
    "fft.fft2": lambda x: np.fft.fft2(x),
    "fft.ifft2": lambda x: np.fft.ifft2(x),
    "fft.rfft2": lambda x: np.fft.rfft2(x),
    "fft.irfft2": lambda x: np.fft.irfft2(x),
    "fft.fftshift": lambda x: np.fft.fftshift(x),
    "fft.ifftshift": lambda x: np.fft.ifftshift(x, 1),
}


def works(name: str) -> bool:
    """Whether there is a derivative; if not, the error has to say so by the function's name."""
    try:
        TABLE[name](Tensor(X, requires_grad=True))
    except GradientError as error:
        if f"np.{name.split()[0]} has no derivative" not in str(error):
            raise
        return False
    return True


@pytest.mark.parametrize("name", TABLE)
def test_numpys_function(name: str) -> None:
    """Its value on a Tensor is NumPy's on the array, its derivative that of differences; or an error names it."""
    if not works(name):
        return
    y = TABLE[name](Tensor(X, requires_grad=True))
    assert isinstance(y, Tensor)
    expected = TABLE[name](X)
    assert (y.shape, y.dtype) == (expected.shape, expected.dtype)
    # Two ways of computing sums and products of a dozen numbers.
    np.testing.assert_allclose(y.detach().numpy(), expected, rtol=1e-12, atol=1e-12)
    if y.requires_grad:
        assert gradcheck(TABLE[name], X)


def test_at_least_120_functions_have_a_derivative() -> None:
    """Different functions, counted once each."""
    assert len({name.split()[0] for name in TABLE if works(name)}) >= 120


def test_functions_of_complex_tensors() -> None:
    """Those with a conjugation in them, against NumPy and differences."""
    for call in (lambda z: np.vdot(z, W), np.cov, np.var, np.fft.fft2, np.conjugate):
        np.testing.assert_allclose(call(Tensor(Z)).numpy(), call(Z), rtol=1e-12, atol=1e-12)
        assert gradcheck(call, Z)


def test_predicates_ignore_gradients() -> None:
    """What is piecewise constant works on Tensors that require a gradient."""
    t = Tensor(X, requires_grad=True)
    assert np.allclose(t, X)
    assert np.isclose(t, X).all().item()
    assert np.array_equal(t, X)
    assert np.argsort(t, axis=0).tolist() == np.argsort(X, axis=0).tolist()
    assert not np.signbit(t).any().item()
    assert np.count_nonzero(t) == 12


def test_out_is_written_to() -> None:
    """A Tensor given as `out` stands for the result, an array is refused where a gradient would be lost."""
    t, out = Tensor(X, requires_grad=True), Tensor(np.zeros((3, 4)))
    assert np.clip(t, 0.3, 0.7, out=out) is out
    assert out.requires_grad
    assert out.tolist() == np.clip(X, 0.3, 0.7).tolist()
    with pytest.raises(GradientError, match=r"np.clip\(..., out=array\)"):
        np.clip(t, 0.3, 0.7, out=np.zeros((3, 4)))


def test_function_without_derivative_says_so() -> None:
    """By name, and what to do."""
    with pytest.raises(GradientError, match=r"np.i0 has no derivative .*\.detach\(\)"):
        np.i0(Tensor(X, requires_grad=True))
    assert np.i0(Tensor(X)).tolist() == np.i0(X).tolist()


def test_argument_without_derivative_says_so() -> None:
    """An argument that only NumPy knows is named in the error."""
    with pytest.raises(TypeError, match=r"np.sum on a Tensor: .*initial"):
        np.sum(Tensor(X, requires_grad=True), initial=1.0)
