"""Operators and methods as NumPy's ndarray has them, and changes in place."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autodiff import GradientError, Tensor, no_grad

from .cases import bits, leaf

# Operators and methods --------------------------------------------------------------------------------------

BINARY = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.floordiv,
    operator.pow,
    operator.matmul,
    operator.lt,
    operator.le,
    operator.gt,
    operator.ge,
    operator.eq,
    operator.ne,
]


@pytest.mark.parametrize("f", BINARY)
def test_binary_operators_are_numpys(f: Callable[..., Any]) -> None:
    """On tensors, numbers and lists, on either side, the result is NumPy's."""
    x, y = np.array([1.5, 2.0, 3.0]), np.array([2.0, 2.0, 0.5])
    assert bits(f(Tensor(x), Tensor(y))) == bits(f(x, y))
    assert bits(f(Tensor(x), y.tolist())) == bits(f(x, y))
    assert bits(f(y.tolist(), Tensor(x))) == bits(f(y, x))
    if f is not operator.matmul:
        for number in (2, 2.0, np.float64(2.0), True):
            assert bits(f(Tensor(x), number)) == bits(f(x, number))
        for number in (2, 2.0, True):
            assert bits(f(number, Tensor(x))) == bits(f(number, x))


@pytest.mark.parametrize("f", [operator.and_, operator.or_, operator.xor])
@pytest.mark.parametrize("values", [[True, False, True], [6, 3, 5]])
def test_operators_on_bits(f: Callable[..., Any], values: list[Any]) -> None:
    """Masks and integers combine as in NumPy."""
    x, y = np.array(values), np.array(values[::-1])
    assert bits(f(Tensor(x), Tensor(y))) == bits(f(x, y))
    assert bits(f(Tensor(x), values[0])) == bits(f(x, values[0]))
    assert bits(f(values[0], Tensor(x))) == bits(f(values[0], x))


@pytest.mark.parametrize("f", [operator.neg, operator.pos, operator.abs])
def test_unary_operators_are_numpys(f: Callable[..., Any]) -> None:
    """One argument."""
    x = np.array([1.5, -2.0])
    assert bits(f(Tensor(x))) == bits(f(x))


@pytest.mark.parametrize("other", ["text", None, object(), {}])
def test_operators_with_something_else(other: Any) -> None:
    """A TypeError by Python's own rules: the other side is asked, too."""
    x = leaf(1.0)
    for f in (operator.add, operator.mul, operator.matmul, operator.lt):
        with pytest.raises(TypeError):
            f(x, other)
    with pytest.raises(TypeError):
        other + x


def test_the_other_side_may_know() -> None:
    """An operand of a foreign class gets its chance."""

    class Foreign:
        def __radd__(self, other: Any) -> str:
            return "foreign"

    assert leaf(1.0) + Foreign() == "foreign"


@pytest.mark.parametrize(
    ("x", "number", "dtype"),
    [
        (np.float32, 2.0, np.float32),
        (np.float32, 2, np.float32),
        (np.float32, np.float64(2.0), np.float64),
        (np.float32, True, np.float32),
        (np.int64, 2, np.int64),
        (np.int64, 2.0, np.float64),
        (np.int8, 2.0, np.float64),
        (np.float32, 1j, np.complex64),
        (np.bool_, 2, np.int64),
    ],
)
def test_promotion_of_numbers(x: Any, number: Any, dtype: Any) -> None:
    """A Python number takes on the array's kind of precision; NumPy's scalars count as arrays (NEP 50)."""
    array = np.ones(2, x)
    assert (array * number).dtype == dtype
    assert (Tensor(array) * number).dtype == dtype
    assert (number * Tensor(array)).dtype == dtype


def test_numbers_keep_their_signs_and_kinds() -> None:
    """Zeros of both signs, and 1, 1.0 and True, are not mixed up where they are remembered."""
    x = Tensor([1.0])
    assert np.signbit((x * 0.0).numpy()).tolist() == [False]
    assert np.signbit((x * -0.0).numpy()).tolist() == [True]
    assert np.signbit((x * 0.0).numpy()).tolist() == [False]
    n = Tensor([3])
    assert [(n * k).dtype for k in (1, 1.0, True)] == [np.int64, np.float64, np.int64]
    assert Tensor(True).dtype == (Tensor([True]) & True).dtype == np.bool_


METHODS: list[Callable[[Any], Any]] = [
    lambda x: x.sum(),
    lambda x: x.sum(axis=0),
    lambda x: x.sum(0),
    lambda x: x.mean(axis=1, keepdims=True),
    lambda x: x.max(axis=1),
    lambda x: x.min(),
    lambda x: x.prod(axis=0),
    lambda x: x.var(axis=0),
    lambda x: x.std(),
    lambda x: x.argmax(axis=1),
    lambda x: x.argmin(),
    lambda x: (x > 0).all(axis=0),
    lambda x: (x > 0).any(),
    lambda x: x.reshape(3, 2),
    lambda x: x.reshape((3, -1)),
    lambda x: x.reshape(-1),
    lambda x: x.transpose(),
    lambda x: x.transpose(1, 0),
    lambda x: x.transpose((1, 0)),
    lambda x: x.T,
    lambda x: x.mT,
    lambda x: x.flatten(),
    lambda x: x.ravel(),
    lambda x: x[None].squeeze(0),
    lambda x: x.astype(np.float32),
    lambda x: x.astype(int),
    lambda x: x.clip(-1.0, 1.0),
    lambda x: x.dot(x.T),
    lambda x: x.take([0, 1], axis=1),
    lambda x: x.copy(),
    lambda x: x[1, ::-1],
]


@pytest.mark.parametrize("f", METHODS, ids=range(len(METHODS)))
def test_methods_are_numpys(f: Callable[[Any], Any]) -> None:
    """Names, arguments and results of ndarray's everyday methods."""
    x = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])
    result = f(Tensor(x))
    expected = np.asarray(f(x))
    assert result.dtype == expected.dtype
    # Means and variances may round differently.
    np.testing.assert_allclose(result.numpy(), expected, rtol=1e-15)


# Changes in place -------------------------------------------------------------------------------------------

IN_PLACE = [
    operator.iadd,
    operator.isub,
    operator.imul,
    operator.itruediv,
    operator.ipow,
    operator.ifloordiv,
]


@pytest.mark.parametrize("f", IN_PLACE)
def test_in_place_on_an_intermediate_result(f: Callable[[Any, Any], Any]) -> None:
    """The name and its views move on to a new value with NumPy's numbers; the old one stays for who has saved it."""
    w = leaf(1.0, 2.0)
    x = w * 1.0
    same, view, array = x, x[:1], x.detach().numpy()
    f(x, 3.0)
    expected = f(np.array([1.0, 2.0]), 3.0)
    assert bits(x) == bits(expected)
    assert same is x
    assert (view.tolist(), array.tolist(), w.tolist()) == (expected[:1].tolist(), [1.0, 2.0], [1.0, 2.0])


def test_in_place_is_differentiated() -> None:
    """``x *= y`` in the middle of a computation gives the derivative of the formula that it stands for."""
    w = leaf(3.0)
    x = w * 1.0
    x *= x
    x += w
    x.sum().backward()
    assert w.grad is not None
    assert w.grad.tolist() == [2 * 3.0 + 1]


@pytest.mark.parametrize("f", IN_PLACE)
def test_in_place_on_a_leaf(f: Callable[[Any, Any], Any]) -> None:
    """An error while operations are recorded; under no_grad the same memory has NumPy's new values."""
    w = leaf(1.0, 2.0)
    with pytest.raises(GradientError, match="no_grad"):
        f(w, 3.0)
    memory = w.data
    with no_grad():
        same = f(w, 3.0)
    assert same is w
    assert w.is_leaf
    assert w.data is memory
    assert bits(w) == bits(f(np.array([1.0, 2.0]), 3.0))


def test_in_place_on_a_constant() -> None:
    """A constant may become part of a graph by it; others who hold its old value don't notice."""
    w, x = leaf(2.0), Tensor([3.0])
    y = w * x
    x += w
    assert x.requires_grad
    y.sum().backward()
    assert w.grad is not None
    assert w.grad.tolist() == [3.0]


def test_in_place_keeps_shape_and_dtype() -> None:
    """As in NumPy: a result that doesn't fit is an error, one of higher precision is cast."""
    x = Tensor([1.0])
    with pytest.raises(ValueError, match="shape"):
        x += [1.0, 2.0]
    n = Tensor([1])
    with pytest.raises(ValueError, match="int64"):
        n += 0.5
    single = Tensor(np.ones(1, np.float32))
    single += np.ones(1)
    assert single.dtype == np.float32


def test_a_leaf_owns_its_memory() -> None:
    """A view or a number that becomes a leaf can be updated, and nobody else sees it."""
    constant = Tensor([1.0, 2.0, 3.0])
    for x in (constant[:2], constant.detach(), constant.T, constant.sum()):
        x.requires_grad = True
        with no_grad():
            x += 1.0
    assert constant.tolist() == [1.0, 2.0, 3.0]


def test_divmod_is_quotient_and_remainder() -> None:
    """As NumPy's, from either side; the remainder has a gradient, the quotient none."""
    x = Tensor([5.0, -7.5], requires_grad=True)
    quotient, remainder = divmod(x, 2.0)
    expected = divmod(np.array([5.0, -7.5]), 2.0)
    assert quotient.tolist() == expected[0].tolist()
    assert remainder.tolist() == expected[1].tolist()
    remainder.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [1.0, 1.0]
    assert [part.tolist() for part in divmod(9.0, x)] == [part.tolist() for part in divmod(9.0, np.array([5.0, -7.5]))]
