"""grad, vjp, jvp, jacobian, hessian and hvp: against each other, against differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import (
    GradientError,
    Tensor,
    grad,
    gradcheck,
    hessian,
    hvp,
    jacobian,
    jvp,
    value_and_grad,
    vjp,
)

Function = Callable[[Any], Tensor]

RNG = np.random.default_rng(7)
A = RNG.normal(size=(3, 4))
X = RNG.normal(size=4)
V = RNG.normal(size=4)


def scalar(x: Any) -> Tensor:
    """A number that depends on a vector of four in every way: products, a matrix, functions, a division."""
    return ad.sum(ad.sin(A @ x) * ad.exp(x[:3])) / (1.0 + ad.sum(x * x)) + ad.prod(x)


def vector(x: Any) -> Tensor:
    """Three numbers that depend on a vector of four."""
    return ad.tanh(A @ x) * x[1:] + ad.logsumexp(x)


# Values and forms -------------------------------------------------------------------------------------------


def test_value_and_grad_is_both() -> None:
    """The value of the function, and what grad gives; constants, outside of any graph."""
    value, gradient = value_and_grad(scalar)(X)
    assert value.item() == scalar(X).item()
    assert gradient.tolist() == grad(scalar)(X).tolist()
    assert not value.requires_grad
    assert not gradient.requires_grad


@pytest.mark.parametrize("argnums", [0, 1, -1, (0,), (1, 0), (0, 1, 2)])
def test_argnums(argnums: Any) -> None:
    """A number gives a tensor, a tuple a tuple in its order; the other arguments are constants."""
    args = (2.0, 3.0, 5.0)
    all_three = (15.0, 10.0, 6.0)
    got = grad(lambda x, y, z: x * y * z, argnums)(*args)
    if isinstance(argnums, tuple):
        assert isinstance(got, tuple)
        assert [g.item() for g in got] == [all_three[k] for k in argnums]
    else:
        assert got.item() == all_three[argnums]


def test_arguments_that_are_not_differentiated_may_be_anything() -> None:
    """Strings, None, integers."""
    assert grad(lambda x, how, n: x**n if how == "power" else x)(3.0, "power", 2).item() == 6.0


def test_gradients_agree_with_backward() -> None:
    """`grad` and `Tensor.backward` are the same sweep: the same bits."""
    x = Tensor(X, requires_grad=True)
    scalar(x).backward()
    assert x.grad is not None
    assert grad(scalar)(X).tolist() == x.grad.tolist()


def test_transforms_leave_grad_alone() -> None:
    """No transform writes into the `grad` of its arguments or of a closed-over parameter."""
    x, w = Tensor(X, requires_grad=True), Tensor(2.0, requires_grad=True)
    grad(lambda x: scalar(x) * w)(x)
    hvp(lambda x: scalar(x) * w, x, V)
    assert x.grad is None
    assert w.grad is None


# Against each other and against differences -----------------------------------------------------------------


@pytest.mark.parametrize("f", [scalar, vector, lambda x: ad.expand_dims(x, axis=0) * ad.expand_dims(x, axis=1)])
def test_jacobian_by_rows_by_columns_and_by_differences(f: Function) -> None:
    """All of vjp's rows, all of jvp's columns, and `jacobian`, whichever way that went."""
    y = f(X)
    rows = [vjp(f, X)[1](unit.reshape(y.shape))[0].numpy() for unit in np.eye(y.size)]
    columns = [jvp(f, (X,), (unit,))[1].numpy().reshape(-1) for unit in np.eye(4)]
    full = jacobian(f)(X)
    assert full.shape == (*y.shape, 4)
    # Two orders of summation over some twenty terms of size 1.
    np.testing.assert_allclose(np.array(rows), np.array(columns).T, rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose(full.numpy().reshape(-1, 4), np.array(rows), rtol=1e-13, atol=1e-14)
    assert gradcheck(f, X)


def test_jacobian_of_several_arguments() -> None:
    """A block per argument, by rows and by columns."""

    def f(a: Any, b: Any) -> Tensor:
        return a @ b

    a, b = A, RNG.normal(size=(4, 2))
    by_a, by_b = jacobian(f, argnums=(0, 1))(a, b)
    # d(ab)_ij / da_kl = delta_ik b_lj, and d(ab)_ij / db_kl = a_ik delta_jl: products with 0 and 1, exact.
    np.testing.assert_array_equal(by_a.numpy(), np.einsum("ik,lj->ijkl", np.eye(3), b))
    np.testing.assert_array_equal(by_b.numpy(), np.einsum("ik,jl->ijkl", a, np.eye(2)))


@pytest.mark.parametrize("shapes", [((0,), (0,)), ((2,), (0,)), ((0,), (2,))])
def test_jacobian_of_nothing(shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    """Without outputs or without inputs it is empty, in the right shape."""
    out, into = shapes
    got = jacobian(lambda x: ad.zeros(out) * ad.sum(x))(np.ones(into))
    assert got.shape == out + into


def test_hessian_is_symmetric_and_right() -> None:
    """The Hessian, its product with vectors, and differences of the gradient agree."""
    full = hessian(scalar)(X).numpy()
    assert full.shape == (4, 4)
    # Rounding: the entries are sums of some fifty terms of size 1.
    np.testing.assert_allclose(full, full.T, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(hvp(scalar, X, V).numpy(), full @ V, rtol=1e-12, atol=1e-13)
    assert gradcheck(grad(scalar), X)
    assert gradcheck(scalar, X, order=3)


def test_hessian_by_all_four_compositions() -> None:
    """Forward and reverse mode over forward and reverse mode."""

    def by_jvp(f: Function) -> Function:
        """The gradient by forward mode, a direction at a time."""
        return lambda x: ad.stack([jvp(f, (x,), (unit,))[1] for unit in np.eye(4)])

    def columns(f: Function) -> Function:
        """The Jacobian by forward mode."""
        return lambda x: ad.stack([jvp(f, (x,), (unit,))[1] for unit in np.eye(4)], axis=-1)

    def rows(f: Function) -> Function:
        """The Jacobian by reverse mode."""
        return lambda x: ad.stack([vjp(f, x)[1](unit)[0] for unit in np.eye(4)])

    expected = hessian(scalar)(X).numpy()
    for outer in (columns, rows):
        for inner in (grad, by_jvp):
            got = outer(inner(scalar))(X).numpy()
            # As above.
            np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-13)


def test_known_derivatives_to_fifth_order() -> None:
    """Derivatives of x^5 and of sin, again and again."""

    def power(x: Any) -> Tensor:
        return x**5.0

    powers, waves = [power], [ad.sin]
    values = [5 * 16.0, 20 * 8.0, 60 * 4.0, 120 * 2.0, 120.0]
    circle = [np.cos(0.3), -np.sin(0.3), -np.cos(0.3), np.sin(0.3), np.cos(0.3)]
    for expected, sine in zip(values, circle, strict=True):
        powers.append(grad(powers[-1]))
        waves.append(grad(waves[-1]))
        assert powers[-1](2.0).item() == expected
        assert waves[-1](0.3).item() == sine


# Tuples -----------------------------------------------------------------------------------------------------


def several(x: Any, y: Any) -> tuple[Tensor, Tensor, Tensor]:
    """Two outputs that depend on the inputs, and one that doesn't."""
    return x * ad.sum(y), ad.sin(y), ad.ones(2)


def test_vjp_of_a_tuple() -> None:
    """A tuple of outputs takes a tuple of cotangents, and gives one cotangent per primal."""
    x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0])
    out, pull = vjp(several, x, y)
    assert [o.tolist() for o in out] == [[12.0, 24.0], np.sin(y).tolist(), [1.0, 1.0]]
    gx, gy = pull(([1.0, 10.0], [0.0, 1.0, 0.0], [5.0, 5.0]))
    assert gx.tolist() == [12.0, 120.0]
    assert gy.tolist() == [21.0, 21.0 + np.cos(4.0), 21.0]
    again = pull((np.zeros(2), np.zeros(3), np.zeros(2)))
    assert [g.tolist() for g in again] == [[0.0, 0.0], [0.0, 0.0, 0.0]]


def test_jvp_of_a_tuple() -> None:
    """A tuple of outputs has a tuple of tangents; one that depends on nothing has zeros."""
    x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0])
    out, tangents = jvp(several, (x, y), (np.array([1.0, 0.0]), np.array([0.0, 1.0, 0.0])))
    assert [o.tolist() for o in out] == [[12.0, 24.0], np.sin(y).tolist(), [1.0, 1.0]]
    assert [t.tolist() for t in tangents] == [[12.0 + 1.0, 2.0], [0.0, np.cos(4.0), 0.0], [0.0, 0.0]]


def test_the_same_output_twice() -> None:
    """Its cotangents add up, and an output may be an input."""
    gx = vjp(lambda x: (x, x, x * x), 3.0)[1]((1.0, 10.0, 1.0))[0]
    assert gx.item() == 11.0 + 6.0
    assert [t.item() for t in jvp(lambda x: (x, x * x), (3.0,), (2.0,))[1]] == [2.0, 12.0]


def test_the_same_tensor_as_two_arguments() -> None:
    """Derivatives by one of them don't count the other."""
    x = Tensor(3.0, requires_grad=True)
    assert [g.item() for g in grad(lambda a, b: a * a * b, argnums=(0, 1))(x, x)] == [18.0, 9.0]


def test_a_function_that_ignores_its_argument() -> None:
    """Zeros in the argument's shape and dtype, by every transform."""
    x = np.ones((2, 3), np.float32)
    for zeros in (grad(lambda x: ad.sum(ad.ones(2)))(x), hvp(lambda x: ad.sum(x), x, x)):
        assert (zeros.shape, zeros.dtype, zeros.numpy().any()) == ((2, 3), np.float32, False)
    assert jvp(lambda x: ad.ones(4), (x,), (x,))[1].tolist() == [0.0] * 4


# Errors -----------------------------------------------------------------------------------------------------


def test_grad_needs_one_number() -> None:
    """The error says what it got, and what there is for that."""
    with pytest.raises(GradientError, match=r"shape \(2,\).*jacobian"):
        grad(lambda x: x * x)([1.0, 2.0])
    with pytest.raises(GradientError, match="several outputs"):
        grad(lambda x: (x, x))(1.0)


@pytest.mark.parametrize("x", [2, True, [1, 2], np.arange(3), Tensor([1, 2])])
def test_integers_have_no_derivative(x: Any) -> None:
    """The error says to pass a float."""
    for call in (lambda: grad(ad.sum)(x), lambda: jvp(ad.sum, (x,), (x,)), lambda: vjp(ad.sum, x)):
        with pytest.raises(TypeError, match="float"):
            call()


def test_arguments_that_do_not_fit() -> None:
    """Numbers of arguments, cotangents and tangents, and their shapes."""
    with pytest.raises(ValueError, match="argument 2 asked for"):
        grad(lambda x: x, argnums=2)(1.0)
    with pytest.raises(ValueError, match="2 primals but 1 tangents"):
        jvp(lambda x, y: x, (1.0, 2.0), (1.0,))
    with pytest.raises(TypeError, match="tuples"):
        jvp(lambda x: x, 1.0, 1.0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"expected shape \(2,\)"):
        jvp(lambda x: x, ([1.0, 2.0],), ([1.0],))
    _, pull = vjp(lambda x: (x, x), [1.0, 2.0])
    with pytest.raises(ValueError, match="cotangents: expected a tuple of 2, got a tuple of 1"):
        pull(([1.0, 1.0],))
    with pytest.raises(ValueError, match=r"expected shape \(2,\)"):
        pull(([1.0, 1.0], [1.0]))


def test_cotangents_are_cast() -> None:
    """A cotangent in another precision is brought to that of the output."""
    out, pull = vjp(lambda x: x * 2.0, np.ones(2, np.float32))
    gradient = pull(np.ones(2))[0]
    assert (out.dtype, gradient.dtype) == (np.float32, np.float32)
    assert gradient.tolist() == [2.0, 2.0]


def test_the_pullback_leaves_its_cotangent_alone() -> None:
    """What is passed through unchanged is not the caller's array."""
    g = np.ones(2)
    gradient = vjp(lambda x: x + 1.0, [1.0, 2.0])[1](g)[0]
    g[:] = 5.0
    assert gradient.tolist() == [1.0, 1.0]
