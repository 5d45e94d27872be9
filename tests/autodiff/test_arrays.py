"""The array API standard beyond single operations: several results, the array object, dtypes, NumPy's names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import array_api_strict as strict
import numpy as np
import pytest

import autodiff as ad
from autodiff import GradientError, Tensor, gradcheck
from autodiff._namespaces import NAMESPACES

from .cases import gradient_of, leaf

X = np.array([[1.5, -0.5, 2.0], [0.25, 3.0, -1.0]])

# Several results --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "function",
    [
        lambda xp, x: xp.unstack(x, axis=1),
        lambda xp, x: xp.broadcast_arrays(x, x[:1, :]),
        lambda xp, x: xp.meshgrid(x[0, :], x[1, :], x[:, 0]),
        lambda xp, x: xp.meshgrid(x[0, :], x[:, 1], indexing="ij"),
        lambda xp, x: xp.meshgrid(x[0, :]),
        lambda xp, x: xp.unique_all(x),
        lambda xp, x: xp.unique_counts(x),
        lambda xp, x: xp.unique_inverse(x),
        lambda xp, x: xp.nonzero(x),
    ],
)
def test_results_are_numpys(function: Callable[..., Any]) -> None:
    """Functions with several results give those of NumPy, and over the strict library too."""
    expected = function(np, X)
    for x in (Tensor(X), Tensor(strict.asarray(X))):
        results = function(ad, x)
        assert isinstance(results, tuple)
        assert len(results) == len(expected)
        for y, numpys in zip(results, expected, strict=True):
            assert type(y.data) is type(x.data)
            np.testing.assert_array_equal(np.from_dlpack(y.data), numpys)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: ad.unstack(x, axis=1),
        lambda x: ad.broadcast_arrays(x, 2.0 * x[:1]),
        lambda x: ad.meshgrid(x[0], x[1] * x[1]),
        lambda x: ad.unique_all(x)[:1],
        lambda x: ad.unique_counts(x)[:1],
        lambda x: ad.unique_inverse(x)[:1],
    ],
)
def test_several_results_have_derivatives(function: Callable[..., Any]) -> None:
    """Derivatives of first and second order flow through each result."""
    assert gradcheck(lambda x: ad.stack([ad.sum(y * y * y) for y in function(x)]), X, order=2)


def test_names_of_sets() -> None:
    """The results of the set functions have the names of the standard."""
    assert ad.unique_all(X)._fields == ("values", "indices", "inverse_indices", "counts")
    assert ad.unique_counts(X)._fields == ("values", "counts")
    assert ad.unique_inverse(X)._fields == ("values", "inverse_indices")


# Derivatives at special places ------------------------------------------------------------------------------


def test_cumulative_prod_with_zeros_at_third_order() -> None:
    """Where factors are zero the third derivative of a running product is the product of the other factors."""

    def last(x: Any) -> Tensor:
        return ad.cumulative_prod(x)[-1]

    def by(k: int, f: Callable[..., Tensor]) -> Callable[..., Tensor]:
        return lambda x: ad.grad(f)(x)[k]

    third = by(3, by(2, by(0, last)))
    assert third([0.0, 5.0, 0.0, 0.0]).item() == 5.0
    assert gradcheck(ad.cumulative_prod, np.array([0.0, 2.0, 0.0, 3.0]), order=2)


def test_cumulative_prod_of_complex_numbers() -> None:
    """The rule holds over the complex numbers."""
    assert gradcheck(ad.cumulative_prod, np.array([1.0 + 2.0j, 0.0, 3.0 - 1.0j]))


def test_sort_hands_each_gradient_to_one_of_a_tie() -> None:
    """Equal entries keep their order, upwards and downwards, and each has one gradient."""
    for descending, expected in ((False, [1.0, 2.0, 3.0]), (True, [1.0, 2.0, 3.0])):
        x = leaf(7.0, 7.0, 7.0)
        (ad.sort(x, descending=descending) * [1.0, 2.0, 3.0]).sum().backward()
        assert gradient_of(x) == expected


def test_sort_puts_nan_last() -> None:
    """NaN is sorted behind all numbers."""
    assert repr(ad.sort(Tensor([np.nan, 1.0, -np.inf]))) == "Tensor([-inf,   1.,  nan])"


def test_diff_has_derivatives_by_its_ends() -> None:
    """What is put before and after has its gradient, too."""
    x, before, after = leaf(1.0, 4.0), leaf(0.0), leaf(9.0)
    (ad.diff(x, prepend=before, append=after) * [1.0, 10.0, 100.0]).sum().backward()
    assert [gradient_of(t) for t in (x, before, after)] == [[-9.0, -90.0], [-1.0], [100.0]]


def test_writing_through_a_mask() -> None:
    """Copy, then write through masks, as array-agnostic code does: values and gradients of both parts are right."""
    x = leaf(-2.0, 3.0, -4.0)
    y = ad.asarray(x, copy=True)
    negative = y < 0
    y[negative] = y[negative] * y[negative]
    y[~negative] *= 10.0
    y.sum().backward()
    assert y.tolist() == [4.0, 30.0, 16.0]
    assert gradient_of(x) == [-4.0, 10.0, -8.0]
    assert x.tolist() == [-2.0, 3.0, -4.0]


# The array object and the namespace -------------------------------------------------------------------------


def test_array_namespace() -> None:
    """A Tensor names autodiff as its namespace, for every version of the standard that it includes."""
    x = Tensor([1.0])
    assert x.__array_namespace__() is ad
    assert x.__array_namespace__(api_version="2025.12") is ad
    with pytest.raises(ValueError, match=r"2025\.12 is"):
        x.__array_namespace__(api_version="1999.12")


def test_dlpack() -> None:
    """Memory is shared through DLPack; where that would cut a gradient it is an error."""
    x = Tensor([1.0, 2.0])
    assert np.shares_memory(np.from_dlpack(x), x.data)
    assert x.__dlpack_device__() == (1, 0)
    assert np.from_dlpack(ad.sum(x)) == 3.0
    assert ad.from_dlpack(x) is x
    with pytest.raises(GradientError, match="DLPack"):
        np.from_dlpack(leaf(1.0))
    assert ad.from_dlpack(leaf(1.0)).requires_grad


def test_devices() -> None:
    """NumPy's one device is accepted wherever the standard has one, with the gradient; another is an error."""
    x = leaf(1.0, 2.0)
    assert x.device == "cpu"
    ad.asarray(x.to_device("cpu"), device="cpu").sum().backward()
    assert gradient_of(x) == [1.0, 1.0]
    assert ad.zeros(2, device="cpu").tolist() == [0.0, 0.0]
    for move in (lambda: x.to_device("gpu"), lambda: ad.ones(2, device="gpu"), lambda: ad.asarray(x, device="gpu")):
        with pytest.raises(ValueError, match="gpu"):
            move()
    with pytest.raises(ValueError, match="stream"):
        x.to_device("cpu", stream=1)


def test_asarray_copies_when_told() -> None:
    """copy=True copies, copy=False never does and says so where it had to."""
    x = Tensor([1.0])
    assert ad.asarray(x) is x
    assert not np.shares_memory(ad.asarray(x, copy=True).data, x.data)
    assert np.shares_memory(ad.asarray(x.data, copy=False).data, x.data)
    for needy in (x, [1.0]):
        with pytest.raises(ValueError, match="copy"):
            ad.asarray(needy, dtype=ad.float32, copy=False)


def test_dtypes() -> None:
    """Dtypes are found for arrays, for dtypes of NumPy and for those of the strict library."""
    x = Tensor([1.0], dtype=ad.float32)
    assert x.dtype == ad.float32
    assert ad.finfo(x) == ad.finfo(ad.float32) == ad.finfo(strict.float32) == ad.finfo(ad.complex64)
    assert {type(ad.finfo(x).eps), type(ad.finfo(x).max), type(ad.iinfo(ad.int8).max)} == {float, int}
    assert ad.result_type(x, 1.0) == ad.float32
    assert ad.result_type(x, ad.int8, np.zeros(2)) == ad.float64
    assert not ad.can_cast(x, ad.int32)
    assert ad.isdtype(x.dtype, "real floating")
    info = ad.__array_namespace_info__()
    assert info.default_dtypes()["integral"] == ad.int64
    assert info.default_device() in info.devices()
    assert set(info.dtypes(kind="bool")) == {"bool"}
    assert info.capabilities()["boolean indexing"]


def test_loops_end_the_way_pythons_do() -> None:
    """A number can't be iterated over; SciPy relies on the error."""
    with pytest.raises(TypeError, match="iteration"):
        iter(Tensor(1.0))


# Errors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ad.moveaxis(X, (0, 1), 0), ValueError, "as many destinations"),
        (lambda: ad.moveaxis(X, 5, 0), ValueError, "2 dimensions"),
        (lambda: ad.unstack(1.0), ValueError, "0 dimensions"),
        (lambda: ad.meshgrid(X), ValueError, "vectors expected"),
        (lambda: ad.meshgrid(X[0], indexing="ab"), ValueError, "'xy' or 'ij'"),
        (lambda: ad.diff(X, n=-1), ValueError, "-1"),
        (lambda: ad.diff(X, axis=2), ValueError, "axis 2"),
        (lambda: ad.nonzero(1.0), ValueError, "0d"),
        (lambda: ad.repeat(X, 2, axis=3), ValueError, "2 dimensions"),
    ],
)
def test_errors_say_what_to_do(call: Callable[[], Any], error: type[Exception], message: str) -> None:
    """Wrong arguments are named."""
    with pytest.raises(error, match=message):
        call()


# Index notation ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subscripts", "shapes"),
    [
        ("ij,jk->ik", [(2, 3), (3, 4)]),
        ("ij,jk", [(2, 3), (3, 4)]),
        ("ij,jk,kl->il", [(2, 3), (3, 4), (4, 2)]),
        ("bij,bjk->bik", [(2, 2, 3), (2, 3, 2)]),
        ("...ij,...jk->...ik", [(4, 1, 2, 3), (2, 3, 2)]),
        ("...i->...", [(2, 3, 4)]),
        ("ii->i", [(3, 3)]),
        ("ii", [(3, 3)]),
        ("iij,j->i", [(2, 2, 3), (3,)]),
        ("i,j->ij", [(2,), (3,)]),
        ("i,i->", [(3,), (3,)]),
        ("ij->ji", [(2, 3)]),
        ("ijk->j", [(2, 3, 4)]),
        ("i,i,i->i", [(3,), (3,), (3,)]),
        ("ij,ij->", [(2, 1), (2, 3)]),
        (",i->i", [(), (3,)]),
        ("ba", [(2, 3)]),
    ],
)
def test_einsum(subscripts: str, shapes: list[tuple[int, ...]]) -> None:
    """The value is NumPy's, under both names, and the derivatives of first and second order are right."""
    rng = np.random.default_rng(0)
    arrays = [rng.normal(size=shape) for shape in shapes]
    expected = np.einsum(subscripts, *arrays)
    for optimize in ("greedy", "optimal", False):
        y = ad.einsum(subscripts, *arrays, optimize=optimize).numpy()
        np.testing.assert_allclose(y, expected, rtol=1e-13, atol=1e-13)  # sums of at most 24 terms
    assert isinstance(np.einsum(subscripts, *map(Tensor, arrays)), Tensor)
    assert gradcheck(lambda *xs: ad.einsum(subscripts, *xs), tuple(arrays), order=2)


@pytest.mark.parametrize(
    ("subscripts", "shapes", "message"),
    [
        ("ij,jk->ik", [(2, 3)], "2 arrays, got 1"),
        ("ij->i", [(2, 3, 4)], "shape"),
        ("ij,jk->ik", [(2, 3), (4, 2)], "3 and 4"),
    ],
)
def test_einsum_says_what_does_not_fit(subscripts: str, shapes: list[tuple[int, ...]], message: str) -> None:
    """Letters that don't fit the arrays are named."""
    with pytest.raises(ValueError, match=message):
        ad.einsum(subscripts, *[np.ones(shape) for shape in shapes])


# NumPy's functions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "function",
    [
        lambda x: np.sort(x, 0),
        lambda x: np.sort(x, axis=None, kind="stable"),
        lambda x: np.cumsum(x),
        lambda x: np.cumsum(x, 1),
        lambda x: np.cumprod(x, axis=0),
        lambda x: np.diff(x, 1, 0),
        lambda x: np.diff(x, prepend=0.0),
        lambda x: np.roll(x, 1, 1),
        lambda x: np.repeat(x, 2),
        lambda x: np.tile(x, 2),
        lambda x: np.tril(x, 1),
        lambda x: np.triu(x),
        lambda x: np.moveaxis(x, 0, 1),
        lambda x: np.take_along_axis(x, np.array([[0], [2]]), 1),
        lambda x: np.broadcast_arrays(x, np.ones((2, 1)))[1] * x,
        lambda x: np.meshgrid(x[0], x[1])[0],
        lambda x: np.unstack(x)[1],
        lambda x: np.pad(x, 1),
        lambda x: np.kron(x, x),
        lambda x: np.median(x, axis=0),
        lambda x: np.quantile(x, 0.3, axis=1),
    ],
)
def test_numpys_names(function: Callable[[Any], Any]) -> None:
    """NumPy's functions on Tensors take NumPy's arguments, and are differentiable."""
    np.testing.assert_array_equal(function(Tensor(X)).numpy(), function(X))
    assert gradcheck(function, X)


def test_the_mean_of_half_precision_is_numpys() -> None:
    """The namespace adds float16 in float32, as np.mean does; in float16 the sum would be infinite."""
    x = np.full(4000, 20.0, np.float16)
    assert NAMESPACES[np.ndarray].mean(x) == np.mean(x) == 20.0
    assert NAMESPACES[np.ndarray].mean(x).dtype == np.float16
