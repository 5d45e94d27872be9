"""The handle: what a Tensor is made of, Python's protocols, copies, operators and changes in place."""

from __future__ import annotations

import copy
import operator
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import GradientError, Tensor, no_grad

from .cases import bits


def leaf(*values: float) -> Tensor:
    """A vector that requires a gradient."""
    return Tensor(list(values), requires_grad=True)


# Construction ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "dtype"),
    [
        (2.0, np.float64),
        ([1.0, 2.0], np.float64),
        ([[1, 2], [3, 4]], np.int64),
        ([True, False], np.bool_),
        (1j, np.complex128),
        (np.float32(2.0), np.float32),
        (np.ones(2, np.float32), np.float32),
        (np.ones(2, np.int8), np.int8),
    ],
)
def test_dtype_of_data(data: Any, dtype: Any) -> None:
    """Python floats become float64, and an array keeps its dtype."""
    x = Tensor(data)
    assert x.dtype == dtype
    assert x.shape == np.shape(data)
    assert (x.ndim, x.size) == (np.ndim(data), np.size(data))
    assert x.tolist() == np.asarray(data).tolist()


def test_data_is_copied() -> None:
    """What happens to the array afterwards doesn't reach the tensor, and the other way round."""
    data = np.ones(2)
    x, y = Tensor(data), Tensor(data, requires_grad=True)
    data[0] = 5.0
    with no_grad():
        y += 1.0
    assert (x.tolist(), y.tolist(), data.tolist()) == ([1.0, 1.0], [2.0, 2.0], [5.0, 1.0])


@pytest.mark.parametrize("data", [1, [1, 2], [True], np.ones(2, np.int32)])
def test_integers_cannot_require_a_gradient(data: Any) -> None:
    """A TypeError that says what to do instead."""
    with pytest.raises(TypeError, match=r"astype\(float\)"):
        Tensor(data, requires_grad=True)
    x = Tensor(data)
    with pytest.raises(TypeError, match=r"astype\(float\)"):
        x.requires_grad = True
    with pytest.raises(TypeError, match=r"astype\(float\)"):
        x.sum().requires_grad = True


@pytest.mark.parametrize("data", ["text", None, object(), [[1.0], [2.0, 3.0]], {"a": 1}])
def test_data_that_is_no_array(data: Any) -> None:
    """An error, not an array of objects."""
    with pytest.raises((TypeError, ValueError)):
        Tensor(data)


def test_tracked_tensors_in_a_list() -> None:
    """Making a new tensor of them would cut their gradients; the error says how to go on."""
    with pytest.raises(GradientError, match="detach"):
        Tensor([leaf(1.0)[0], leaf(2.0)[0]])
    with pytest.raises(GradientError, match="detach"):
        Tensor(leaf(1.0))


def test_dtype_converts() -> None:
    """The argument `dtype` makes a floating tensor of integers, which may then require a gradient."""
    x = Tensor([1, 2], requires_grad=True, dtype=np.float32)
    assert x.dtype == np.float32
    assert x.requires_grad


# Python's protocols ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("convert", [float, int, complex, np.asarray, np.array, lambda x: x.numpy()])
def test_conversion_does_not_cut_a_gradient(convert: Callable[[Any], Any]) -> None:
    """On a tensor that requires a gradient it raises and names .detach(); on a constant it is allowed."""
    x = Tensor(2.0, requires_grad=True)
    for tracked in (x, x * 1.0):
        with pytest.raises(GradientError, match=r"\.detach\(\)"):
            convert(tracked)
        assert convert(tracked.detach()) == 2
    assert convert(Tensor(2.0)) == 2


def test_filling_an_array_does_not_cut_a_gradient() -> None:
    """``array[i] = t`` goes through float() and raises as that does; NumPy puts its own error around it."""
    buffer = np.zeros(2)
    with pytest.raises(ValueError, match="sequence") as error:
        buffer[0] = Tensor(2.0, requires_grad=True)
    assert isinstance(error.value.__cause__, GradientError)
    assert buffer.tolist() == [0.0, 0.0]
    buffer[0] = Tensor(2.0)
    assert buffer.tolist() == [2.0, 0.0]


def test_item_and_truth_are_allowed() -> None:
    """The explicit way to a number, and the question of an `if`, don't look like something differentiable."""
    x = Tensor(2.0, requires_grad=True)
    assert x.item() == 2.0
    assert bool(x > 1.0) is True
    assert f"{x:.2f}" == "2.00"
    with pytest.raises(ValueError, match="ambiguous"):
        bool(leaf(1.0, 2.0) > 0)


def test_hash_is_identity() -> None:
    """Tensors are keys although == is element-wise."""
    x, y = leaf(1.0), leaf(1.0)
    assert {x: "x", y: "y"}[x] == "x"
    assert len({x, y}) == 2
    assert (x == y).tolist() == [True]


def test_sequence_protocol() -> None:
    """Length, iteration over the first axis, and membership, as NumPy has them."""
    x = Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    assert len(x) == 2
    assert [row.tolist() for row in x] == [[1.0, 2.0], [3.0, 4.0]]
    assert 3.0 in x
    assert 5.0 not in x
    first, second = x
    (first * second).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [[3.0, 4.0], [1.0, 2.0]]
    for call in (len, iter):
        with pytest.raises(TypeError):
            call(Tensor(1.0))


def test_repr_shows_what_it_is() -> None:
    """Values, name and whether a gradient is required."""
    assert repr(Tensor([1.0, 2.0])) == "Tensor([1., 2.])"
    assert repr(Tensor([1.0], requires_grad=True, name="W1")) == "Tensor([1.], name='W1', requires_grad=True)"
    assert repr(Tensor(np.ones(1, np.float32))) == "Tensor([1.], dtype=float32)"


# Operators and methods ------------------------------------------------------------------------------------------

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


# Copies ---------------------------------------------------------------------------------------------------------


def test_deepcopy_of_a_leaf() -> None:
    """A leaf of its own, with a copy of value and gradient."""
    x = Tensor([1.0, 2.0], requires_grad=True, name="x")
    (x * x).sum().backward()
    y = copy.deepcopy(x)
    with no_grad():
        y += 1.0
    (3.0 * y).sum().backward()
    assert (y.name, y.requires_grad, y.is_leaf) == ("x", True, True)
    assert y.grad is not None
    assert x.grad is not None
    assert (x.tolist(), x.grad.tolist()) == ([1.0, 2.0], [2.0, 4.0])
    assert (y.tolist(), y.grad.tolist()) == ([2.0, 3.0], [5.0, 7.0])


def test_deepcopy_keeps_sharing() -> None:
    """The same tensor in two places is one tensor in the copy."""
    x = leaf(1.0)
    first, second = copy.deepcopy([x, x])
    assert first is second
    assert first is not x


@pytest.mark.parametrize("requires_grad", [False, True])
def test_pickle_of_a_leaf(requires_grad: bool) -> None:
    """Value, dtype, name and whether a gradient is required come back."""
    x = Tensor(np.array([1.0, 2.0], np.float32), requires_grad=requires_grad, name="x")
    y = pickle.loads(pickle.dumps(x))
    assert bits(y.detach()) == bits(x.detach())
    assert (y.name, y.requires_grad) == ("x", requires_grad)


@pytest.mark.parametrize("copied", [copy.deepcopy, pickle.dumps])
def test_only_leaves_can_be_copied(copied: Callable[[Any], Any]) -> None:
    """A tensor that was computed can't take its history along; the error says what to do."""
    with pytest.raises(GradientError, match="detach"):
        copied(leaf(1.0) * 2.0)


# Changes in place -----------------------------------------------------------------------------------------------

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
    """The name moves on to a new value with NumPy's numbers; what others hold of the old one stays."""
    w = leaf(1.0, 2.0)
    x = w * 1.0
    same, view, array = x, x[:1], x.detach().numpy()
    f(x, 3.0)
    expected = f(np.array([1.0, 2.0]), 3.0)
    assert bits(x) == bits(expected)
    assert same is x
    assert (view.tolist(), array.tolist(), w.tolist()) == ([1.0], [1.0, 2.0], [1.0, 2.0])


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


# The raw array --------------------------------------------------------------------------------------------------


def test_data_of_a_computed_tensor_is_read_only() -> None:
    """What the graph saved can't be overwritten through the handle; detached values neither."""
    y = leaf(1.0, 2.0) * 2.0
    for array in (y.data, y.detach().data, y.detach().numpy()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 5.0


def test_assigning_data() -> None:
    """A leaf takes new values into its present memory; shape and dtype stay."""
    w = leaf(1.0, 2.0)
    memory = w.data
    w.data = np.array([3.0, 4.0])
    assert w.data is memory
    assert w.tolist() == [3.0, 4.0]
    assert w.requires_grad
    for wrong in (np.zeros(3), np.zeros(2, np.float32)):
        with pytest.raises(ValueError, match=r"expected shape \(2,\) and float64"):
            w.data = wrong
    with pytest.raises(GradientError, match="leaf"):
        (w * 1.0).data = np.zeros(2)
    with pytest.raises(GradientError, match="detach"):
        w.data = w * 2.0


def test_assigning_data_of_a_constant() -> None:
    """Somebody may have saved the old array, so that stays as it was."""
    w, x = leaf(2.0), Tensor([3.0])
    y = w * x
    x.data = np.array([100.0])
    y.sum().backward()
    assert w.grad is not None
    assert w.grad.tolist() == [3.0]
    assert x.tolist() == [100.0]


def test_detach_is_a_constant() -> None:
    """The same numbers, and no derivative."""
    w = leaf(3.0)
    (w * w.detach()).sum().backward()
    assert w.grad is not None
    assert w.grad.tolist() == [3.0]
    assert not w.detach().requires_grad


def test_requires_grad_belongs_to_leaves() -> None:
    """It can be set and unset on a leaf, and on no other tensor."""
    w = Tensor([1.0])
    w.requires_grad = True
    y = w * 2.0
    assert (w.requires_grad, w.is_leaf, y.requires_grad, y.is_leaf) == (True, True, True, False)
    for required in (True, False):
        with pytest.raises(GradientError, match="leaves"):
            y.requires_grad = required
    w.requires_grad = False
    assert not (w * 2.0).requires_grad


def test_star_import_brings_the_standards_names() -> None:
    """The facade has the array API's functions, and none of the modules' tools."""
    assert {"exp", "concat", "permute_dims", "float32", "pi", "grad", "Tensor"} <= set(dir(ad))
    assert not {"np", "wrap", "math", "as_tensor", "TENSORS"} & set(dir(ad))
