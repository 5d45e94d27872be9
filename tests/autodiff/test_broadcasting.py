"""Broadcasting: shapes as NumPy has them, and gradients summed back over what was repeated."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import autodiff as ad
from autodiff import REGISTRY, Tensor, jvp, vjp
from autodiff.op import Operation

from .cases import cotangent, values

PAIRWISE = [o for o in REGISTRY.values() if o.kind == "elementwise" and o.array_names == ("x1", "x2")]
SHAPES = hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, min_side=0, max_side=3)


def drawn(operation: Operation, shapes: tuple[tuple[int, ...], ...]) -> list[np.ndarray[Any, Any]]:
    """Arguments of these shapes in the operation's domain."""
    rng = np.random.default_rng(0)
    return [values(operation, k, shape, rng) for k, shape in enumerate(shapes)]


def summed_to(g: np.ndarray[Any, Any], shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """The transpose of broadcasting, by other means than the engine's: by where each entry went."""
    size = int(np.prod(shape))
    owner = np.broadcast_to(np.arange(size).reshape(shape), g.shape)
    return np.bincount(owner.reshape(-1), g.reshape(-1), minlength=size)[:size].reshape(shape)


@pytest.mark.parametrize("operation", PAIRWISE, ids=lambda o: o.name)
@given(shapes=SHAPES)
def test_gradients_are_summed_over_repeated_axes(operation: Operation, shapes: hnp.BroadcastableShapes) -> None:
    """The gradient of a broadcast call is the gradient of the same call on repeated arguments, summed."""
    x, y = drawn(operation, shapes.input_shapes)
    repeated = np.broadcast_arrays(x, y)
    out, pull = vjp(operation.function, x, y)
    g = cotangent(out)
    same, pull_repeated = vjp(operation.function, *repeated)
    assert out.shape == shapes.result_shape
    assert out.tolist() == same.tolist()
    for got, full, argument in zip(pull(g), pull_repeated(g), (x, y), strict=True):
        # Sums of at most 3**4 terms, in different orders.
        np.testing.assert_allclose(got.numpy(), summed_to(full.numpy(), argument.shape), rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("operation", PAIRWISE, ids=lambda o: o.name)
@given(shapes=SHAPES)
def test_tangents_are_repeated(operation: Operation, shapes: hnp.BroadcastableShapes) -> None:
    """The tangent of a broadcast call is that of the same call on repeated arguments and tangents."""
    primals = drawn(operation, shapes.input_shapes)
    tangents = [cotangent(x, seed=k) for k, x in enumerate(primals)]
    pushed = jvp(operation.function, primals, tangents)[1]
    full = jvp(operation.function, np.broadcast_arrays(*primals), np.broadcast_arrays(*tangents))[1]
    assert pushed.shape == shapes.result_shape
    assert pushed.tolist() == full.tolist()


@given(shapes=hnp.mutually_broadcastable_shapes(signature=np.matmul.signature, max_dims=2, min_side=1, max_side=3))
def test_stacks_of_matrices_broadcast(shapes: hnp.BroadcastableShapes) -> None:
    """Matrix products of stacks, vectors among them: the gradient is summed over the stacks."""
    rng = np.random.default_rng(1)
    a, b = (rng.normal(size=shape) for shape in shapes.input_shapes)
    out, pull = vjp(ad.matmul, a, b)
    np.testing.assert_allclose(out.numpy(), np.matmul(a, b), rtol=1e-13, atol=1e-13)
    g, da, db = cotangent(out), rng.normal(size=a.shape), rng.normal(size=b.shape)
    ga, gb = pull(g)
    assert (ga.shape, gb.shape) == (a.shape, b.shape)
    # <g, da b> = <ga, da>, and so for b: the defining property, with sums of some hundred terms.
    np.testing.assert_allclose(np.sum(g * np.matmul(da, b)), np.sum(ga.numpy() * da), rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(np.sum(g * np.matmul(a, db)), np.sum(gb.numpy() * db), rtol=1e-11, atol=1e-11)


@given(shapes=hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=3, min_side=0, max_side=3))
def test_where_broadcasts_its_condition(shapes: hnp.BroadcastableShapes) -> None:
    """Each branch receives the cotangents of where it was chosen, summed to its shape."""
    rng = np.random.default_rng(2)
    condition = rng.random(shapes.input_shapes[0]) > 0.5
    x, y = (rng.normal(size=shape) for shape in shapes.input_shapes[1:])
    out, pull = vjp(lambda x, y: ad.where(condition, x, y), x, y)
    g = cotangent(out)
    gx, gy = pull(g)
    np.testing.assert_array_equal(out.numpy(), np.where(condition, x, y))
    np.testing.assert_allclose(gx.numpy(), summed_to(np.where(condition, g, 0), x.shape), rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(gy.numpy(), summed_to(np.where(condition, 0, g), y.shape), rtol=1e-13, atol=1e-13)


@given(data=st.data(), shape=hnp.array_shapes(min_dims=0, max_dims=3, max_side=3))
def test_broadcast_to_sums_back(data: st.DataObject, shape: tuple[int, ...]) -> None:
    """The gradient of an array that was repeated explicitly is the sum over its copies."""
    target = data.draw(hnp.broadcastable_shapes(shape, min_dims=len(shape), max_side=4))
    if np.broadcast_shapes(shape, target) != target:
        target = np.broadcast_shapes(shape, target)
    x = np.random.default_rng(3).normal(size=shape)
    out, pull = vjp(lambda x: ad.broadcast_to(x, target), x)
    g = cotangent(out)
    np.testing.assert_array_equal(out.numpy(), np.broadcast_to(x, target))
    np.testing.assert_allclose(pull(g)[0].numpy(), summed_to(g, shape), rtol=1e-13, atol=1e-13)


def test_shapes_that_do_not_fit() -> None:
    """The error names the operation and both shapes."""
    with pytest.raises(ValueError, match=r"add\(float64 of shape \(2,\), float64 of shape \(3,\)\)"):
        Tensor([1.0, 2.0]) + Tensor([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match=r"matmul\(float64 of shape \(2, 3\), float64 of shape \(2, 3\)\)"):
        ad.ones((2, 3)) @ ad.ones((2, 3))


def test_large_and_small_results_broadcast_alike() -> None:
    """Repetition as a view and as a filled array (by size) have the same values and gradients."""
    for n in (3, 5000):
        x = Tensor([1.0, 2.0], requires_grad=True)
        y = ad.broadcast_to(x, (n, 2))
        y.sum().backward()
        assert x.grad is not None
        assert x.grad.tolist() == [n, n]
        assert y.shape == (n, 2)
