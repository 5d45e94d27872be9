"""The handle: what a Tensor is made of, Python's protocols, copies, and the raw array."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import GradientError, Tensor, no_grad

from .cases import bits, leaf

# Construction -----------------------------------------------------------------------------------------------


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


# Python's protocols -----------------------------------------------------------------------------------------


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


# Copies -----------------------------------------------------------------------------------------------------


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


# The raw array ----------------------------------------------------------------------------------------------


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
