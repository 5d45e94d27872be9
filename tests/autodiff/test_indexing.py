"""Reading and writing with every kind of index, against NumPy, and the transposes of both."""

from __future__ import annotations

from typing import Any

import array_api_strict as strict
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import autodiff as ad
from autodiff import GradientError, Tensor, no_grad, vjp
from autodiff._namespaces import Namespace

from .cases import bits, cotangent

SHAPES = hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4)


@st.composite
def indexed(draw: st.DrawFn) -> tuple[np.ndarray[Any, Any], Any]:
    """An array of distinct numbers, and a key for it: basic, integer arrays, a mask, or a mixture."""
    shape = draw(SHAPES)
    x = np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape)
    kinds = {
        "basic": hnp.basic_indices(shape, allow_newaxis=True),
        "integers": hnp.integer_array_indices(shape, result_shape=hnp.array_shapes(max_dims=2, max_side=3)),
        "mask": hnp.arrays(bool, shape),
        "rows": hnp.arrays(np.intp, hnp.array_shapes(max_dims=2, max_side=3), elements=st.integers(0, shape[0] - 1)),
        "mixed": mixed(shape),
    }
    return x, draw(kinds[draw(st.sampled_from(sorted(kinds)))])


@st.composite
def mixed(draw: st.DrawFn, shape: tuple[int, ...]) -> Any:
    """A tuple of slices, integers, integer arrays and lists, in any order."""
    axes = [
        st.slices(n)
        | st.integers(-n, n - 1)
        | st.lists(st.integers(-n, n - 1), min_size=2, max_size=2)
        | hnp.arrays(np.intp, 2, elements=st.integers(0, n - 1))
        for n in shape
    ]
    return tuple(draw(axis) for axis in axes)[: draw(st.integers(1, len(shape)))]


@given(indexed())
def test_reading_is_numpys(case: tuple[np.ndarray[Any, Any], Any]) -> None:
    """The values are NumPy's, whether the key holds arrays, Tensors or lists."""
    x, key = case
    assert bits(Tensor(x)[key]) == bits(np.asarray(x[key]))
    keys = key if isinstance(key, tuple) else (key,)
    tensors = tuple(Tensor(k) if isinstance(k, np.ndarray) else k for k in keys)
    assert bits(Tensor(x)[tensors]) == bits(np.asarray(x[key]))


@given(indexed())
def test_reading_is_transposed_by_adding(case: tuple[np.ndarray[Any, Any], Any]) -> None:
    """An entry's gradient is the sum over all places in the result that it went to."""
    x, key = case
    y, pull = vjp(lambda x: x[key], x)
    g = cotangent(y)
    # Every entry of x is its own number, so the result tells where each of its entries came from.
    source = np.asarray(x[key]).astype(int) - 1
    expected = np.bincount(source.reshape(-1), g.reshape(-1), minlength=x.size).reshape(x.shape)
    # Sums of up to 16 cotangents, in another order perhaps.
    np.testing.assert_allclose(pull(g)[0].numpy(), expected, rtol=1e-14, atol=1e-14)


@given(indexed())
def test_adding_is_transposed_by_reading(case: tuple[np.ndarray[Any, Any], Any]) -> None:
    """`index_add` is the transpose of reading, and reading that of `index_add`."""
    x, key = case
    values = cotangent(x[key])
    total, pull = vjp(lambda v: ad.index_add(v, key, x.shape), values)
    expected = np.zeros(x.shape)
    np.add.at(expected, key, values)
    np.testing.assert_array_equal(total.numpy(), expected)
    g = cotangent(total, seed=1)
    np.testing.assert_array_equal(pull(g)[0].numpy(), g[key])


@given(indexed(), st.booleans())
def test_writing_is_numpys(case: tuple[np.ndarray[Any, Any], Any], scalar: bool) -> None:
    """``x[key] = v`` gives NumPy's array; what is overwritten loses its gradient, what is written has one."""
    x, key = case
    assume(np.unique(x[key]).size == np.size(x[key]))  # of an entry named twice, below
    values = np.asarray(-7.0) if scalar else -cotangent(x[key]) - 10
    expected = x.copy()
    expected[key] = values

    def written(x: Tensor, v: Tensor) -> Tensor:
        x = x * 1.0
        x[key] = v
        return x

    y, pull = vjp(written, x, values)
    assert bits(y) == bits(expected)
    g = cotangent(y)
    gx, gv = pull(g)
    np.testing.assert_array_equal(gx.numpy(), np.where(expected < 0, 0.0, g))
    np.testing.assert_allclose(gv.numpy(), g[key] if values.shape else g[key].sum(), rtol=1e-14, atol=1e-14)


@given(indexed())
def test_any_library_indexes_as_numpy_does(case: tuple[np.ndarray[Any, Any], Any]) -> None:
    """The extensions in terms of the standard agree with NumPy's own."""
    x, key = case
    standard = Namespace(strict)
    values = np.rint(8 * cotangent(x[key]))  # whole numbers: their sums are exact in any order
    keys = key if isinstance(key, tuple) else (key,)
    there = tuple(strict.asarray(k) if isinstance(k, (np.ndarray, list)) else k for k in keys)
    np.testing.assert_array_equal(np.from_dlpack(standard.getitem(strict.asarray(x), there)), x[key])
    added = np.zeros(x.shape)
    np.add.at(added, key, values)
    got = standard.index_add(strict.asarray(np.array(values)), there, x.shape)
    np.testing.assert_array_equal(np.from_dlpack(got), added)
    if np.unique(x[key]).size == np.size(x[key]):
        replaced = x.copy()
        replaced[key] = values
        got = standard.setitem(strict.asarray(x), strict.asarray(np.array(values)), there)
        np.testing.assert_array_equal(np.from_dlpack(got), replaced)


@given(st.data())
def test_take_is_numpys(data: st.DataObject) -> None:
    """`take` and its gradient, along any axis."""
    shape = data.draw(SHAPES)
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    rows = data.draw(hnp.arrays(np.intp, st.integers(0, 4), elements=st.integers(0, shape[axis] - 1)))
    x = np.random.default_rng(0).normal(size=shape)
    y, pull = vjp(lambda x: ad.take(x, rows, axis=axis), x)
    assert bits(y) == bits(np.take(x, rows, axis=axis))
    g = cotangent(y)
    expected = np.zeros(shape)
    np.add.at(np.moveaxis(expected, axis, 0), rows, np.moveaxis(g, axis, 0))
    np.testing.assert_array_equal(pull(g)[0].numpy(), expected)


def test_the_last_of_two_values_stands() -> None:
    """Where an index names an entry twice, the value written is the last one, as in NumPy."""
    x = ad.zeros(3)
    x[[1, 1]] = [5.0, 6.0]
    assert x.tolist() == [0.0, 6.0, 0.0]


def test_views_share_what_is_written() -> None:
    """As in NumPy, in both directions and through rearrangements; copies and numbers don't."""

    def program(x: Any) -> list[Any]:
        row, column, number, copied = x[1], x.T[2], x[0, 0], x[[0, 1]]
        flat = x[:, 1:].T.reshape(2, 2, 1)
        row[0] = 10.0
        column *= 2.0
        x[0] += 100.0
        flat[1, 0] = -1.0
        for part in x:
            part[part > 50.0] = 7.0
        return [x, row, column, number, copied, flat]

    start = np.arange(6.0).reshape(2, 3)
    for own, expected in zip(program(Tensor(start) * 1.0), program(start.copy()), strict=True):
        assert own.tolist() == expected.tolist()


def test_writing_through_a_view_is_differentiated() -> None:
    """The array that a row was taken from has the gradient of what was written to the row, and others keep theirs."""
    w = Tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
    x = w * 2.0
    before, pairs = x * x, x.reshape((2, 2))
    first, last = pairs
    first *= last
    assert (x.tolist(), before.tolist()) == ([12.0, 32.0, 6.0, 8.0], [4.0, 16.0, 36.0, 64.0])
    (x.sum() + 0.0 * before.sum() + last[0]).backward()
    assert w.grad is not None
    assert w.grad.tolist() == [4.0 * 3.0, 4.0 * 4.0, 4.0 * 1.0 + 2.0 + 2.0, 4.0 * 2.0 + 2.0]


def scribbled(x: Any, seed: int) -> list[Any]:
    """`x` and views of it, and views of these, after a random choice of writes to them."""
    rng = np.random.default_rng(seed)
    arrays = [x]
    for _ in range(14):
        a = arrays[rng.integers(len(arrays))]
        match rng.integers(9):
            case 0:
                arrays.append(a[rng.integers(a.shape[0])] if a.ndim > 1 else a[::2])
            case 1:
                arrays.append(a.T)
            case 2:
                arrays.append(a.reshape(-1))
            case 3:
                arrays.append(a[::-1])
            case 4:
                arrays.append(a[None][0, 1:] if a.shape[0] > 2 else a[...])
            case 5:
                a[0] = rng.normal()
            case 6:
                a *= 1.5
            case 7:
                a[a > 0.0] = rng.normal()
            case 8:
                a[-1] += a[0]
    return arrays


@pytest.mark.parametrize("seed", range(0, 300, 10))
def test_random_writes_through_views(seed: int) -> None:
    """Every array is as NumPy has it, and the gradient as by differences (the programs are linear between masks)."""
    x = np.random.default_rng(seed).normal(size=(4, 3))
    weights = np.random.default_rng(seed).normal(size=100)

    def total(arrays: list[Any]) -> Any:
        return sum((a * weights[: a.size].reshape(a.shape)).sum() for a in arrays)

    for s in range(seed, seed + 10):
        for own, expected in zip(scribbled(Tensor(x) * 1.0, s), scribbled(x.copy(), s), strict=True):
            np.testing.assert_allclose(own.numpy(), expected, rtol=1e-14)
    gradient = ad.grad(lambda t: total(scribbled(t * 1.0, seed)))(x).numpy()
    for place in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[place] = 1e-6
        slope = (total(scribbled(x + step, seed)) - total(scribbled(x - step, seed))) / 2e-6
        assert gradient[place] == pytest.approx(slope, rel=1e-7, abs=1e-7)  # sums near 100, rounded, by 2e-6


def test_a_leaf_is_not_written_to_through_a_view() -> None:
    """While operations are recorded that is an error, under no_grad it changes the leaf."""
    w = Tensor([[1.0, 2.0]], requires_grad=True)
    with pytest.raises(GradientError, match="can't be changed in place"):
        w[0][1] = 3.0
    with no_grad():
        w[0][1] = 3.0
    assert w.tolist() == [[1.0, 3.0]]


def test_writing_into_a_constant_records_what_is_written() -> None:
    """A buffer filled entry by entry carries the gradients of its entries."""
    w = Tensor(3.0, requires_grad=True)
    buffer = ad.zeros(3)
    buffer[0] = w
    buffer[1:] = w * w
    buffer.sum().backward()
    assert w.grad is not None
    assert w.grad.item() == 1 + 2 * (2 * 3.0)


def test_writing_into_a_leaf() -> None:
    """An error while operations are recorded; in place under no_grad, and still the same leaf."""
    w = Tensor([1.0, 2.0], requires_grad=True)
    with pytest.raises(GradientError, match=r"leaf that requires a gradient"):
        w[0] = 5.0
    assert w.tolist() == [1.0, 2.0]
    with no_grad():
        w[0] = 5.0
    assert w.tolist() == [5.0, 2.0]
    assert w.is_leaf
    assert w.requires_grad


def test_index_out_of_bounds() -> None:
    """An IndexError that names the operation and the shape."""
    with pytest.raises(IndexError, match=r"getitem\(float64 of shape \(2,\), key=5\)"):
        Tensor([1.0, 2.0])[5]


def test_tensors_are_indices() -> None:
    """An integer tensor of shape () is an index for lists and arrays; a float is not."""
    assert [10, 20, 30][Tensor(2)] == 30
    assert np.arange(3.0)[Tensor(1)] == 1.0
    with pytest.raises(TypeError, match="integer tensor"):
        [10, 20][Tensor(1.0)]
