"""Transforms of functions whose arguments and results are nested tuples, lists and dicts."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autodiff as ad
from autodiff import GradientError, Tensor, grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp
from autodiff.transforms.pytree import leaves, matched, paths, rebuilt


class Layer(NamedTuple):
    """A named tuple, as users have them for parameters."""

    weight: Any
    bias: Any


def arrays(seed: int, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """Numbers from 0.5 to 2: smooth for all functions here."""
    return np.asarray(np.random.default_rng(seed).uniform(0.5, 2.0, shape))


SHAPES = st.sampled_from([(), (1,), (2,), (3, 2), (0,)])
LEAVES = st.builds(arrays, st.integers(0, 1000), SHAPES)
TREES = st.recursive(
    LEAVES | st.none(),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.lists(parts, max_size=3).map(tuple)
        | st.dictionaries(st.text("abc", min_size=1, max_size=2) | st.integers(0, 3), parts, max_size=3)
        | st.builds(Layer, parts, parts)
    ),
    max_leaves=6,
)


def total(tree: Any) -> Tensor:
    """A number that depends on every entry, in a way of its own for each leaf."""
    terms = [ad.sum(ad.sin((k + 1.0) * ad.asarray(leaf))) for k, leaf in enumerate(leaves(tree))]
    return sum(terms, ad.asarray(0.0))


def spread(tree: Any) -> dict[str, Any]:
    """A structure that depends on every leaf: each by itself, and all in one number."""
    return {"each": rebuilt(tree, iter([ad.exp(leaf) for leaf in leaves(tree)])), "all": (total(tree), None)}


def assert_same_structure(a: Any, b: Any) -> None:
    """The types and keys of two structures are equal, and the shapes of their leaves."""
    if isinstance(b, np.ndarray | Tensor):
        assert isinstance(a, np.ndarray | Tensor)
        assert a.shape == b.shape
        return
    assert type(a) is type(b)
    if isinstance(b, dict):
        assert list(a) == list(b)
    if b is not None:
        assert len(a) == len(b)
        for x, y in zip(
            a.values() if isinstance(a, dict) else a, b.values() if isinstance(b, dict) else b, strict=True
        ):
            assert_same_structure(x, y)


def random_like(tree: Any, seed: int) -> Any:
    """Other numbers in the same structure."""
    rng = np.random.default_rng(seed)
    return rebuilt(tree, iter([rng.normal(size=leaf.shape) for leaf in leaves(tree)]))


def product(a: Any, b: Any) -> float:
    """The scalar product of two structures."""
    pairs = zip(leaves(a), leaves(b), strict=True)
    return sum(float(np.sum(np.asarray(ad.asarray(x)) * np.asarray(ad.asarray(y)))) for x, y in pairs)


# The structure itself ---------------------------------------------------------------------------------------


@given(TREES)
def test_round_trip(tree: Any) -> None:
    """Taken apart and put together it is the same, and every leaf has a path that leads to it."""
    parts = leaves(tree)
    again = rebuilt(tree, iter(parts))
    assert_same_structure(again, tree)
    assert all(x is y for x, y in zip(leaves(again), parts, strict=True))
    for path, leaf in zip(paths(tree, "tree"), parts, strict=True):
        assert eval(path, {"tree": tree}) is leaf


@given(TREES)
def test_matching_finds_the_counterparts(tree: Any) -> None:
    """What stands in another tree where the first has its leaves, in the order of the leaves."""
    counted = rebuilt(tree, iter(range(len(leaves(tree)))))
    assert [x for _, x in matched(tree, counted, "t")] == list(range(len(leaves(tree))))
    assert [path for path, _ in matched(tree, counted, "t")] == paths(tree, "t")


def test_kinds_of_dicts_are_kept() -> None:
    """Subclasses come back as they are, with their order and default."""
    tree = {"o": OrderedDict(b=1.0, a=2.0), "d": defaultdict(list, x=3.0)}
    got = grad(lambda t: t["o"]["a"] * t["o"]["b"] * t["d"]["x"])(tree)
    assert type(got["o"]) is OrderedDict
    assert list(got["o"]) == ["b", "a"]
    assert got["d"].default_factory is list
    assert [x.item() for x in leaves(got)] == [6.0, 3.0, 2.0]


# Transforms -------------------------------------------------------------------------------------------------


@given(TREES)
def test_gradient_has_the_structure_of_the_argument(tree: Any) -> None:
    """And is the derivative by each leaf, known here: k cos(k x)."""
    value, got = value_and_grad(total)(tree)
    assert_same_structure(got, tree)
    for k, (g, x) in enumerate(zip(leaves(got), leaves(tree), strict=True)):
        # One product and one rounded argument apart.
        np.testing.assert_allclose(g.numpy(), (k + 1.0) * np.cos((k + 1.0) * x), rtol=1e-14, atol=1e-14)
    assert value.shape == ()
    assert not value.requires_grad


@given(TREES, st.integers(0, 1000))
def test_modes_are_transposes(tree: Any, seed: int) -> None:
    """<u, J v> = <J^T u, v> for structures in and out."""
    out, pull = vjp(spread, tree)
    v = random_like(tree, seed)
    pushed_out, pushed = jvp(spread, (tree,), (v,))
    u = random_like(out, seed + 1)
    (pulled,) = pull(u)
    assert_same_structure(pushed, out)
    assert_same_structure(pushed_out, out)
    assert_same_structure(pulled, tree)
    # Sums of some twenty terms of size 10.
    assert product(u, pushed) == pytest.approx(product(pulled, v), rel=1e-12, abs=1e-12)


@given(TREES, st.integers(0, 1000))
def test_tangents_are_differences(tree: Any, seed: int) -> None:
    """The derivative in a direction is the central difference in that direction."""
    v = random_like(tree, seed)
    pushed = jvp(spread, (tree,), (v,))[1]
    step = 1e-5

    def moved(sign: float) -> Any:
        pairs = zip(leaves(tree), leaves(v), strict=True)
        return spread(rebuilt(tree, iter([x + sign * step * t for x, t in pairs])))

    for t, high, low in zip(leaves(pushed), leaves(moved(1.0)), leaves(moved(-1.0)), strict=True):
        # Truncation step**2 times third derivatives of some 200, rounding 1e-16 / step.
        np.testing.assert_allclose(t.numpy(), (high - low).numpy() / (2.0 * step), rtol=1e-6, atol=1e-6)


@given(TREES, st.integers(0, 1000))
def test_hessian_times_vector(tree: Any, seed: int) -> None:
    """Here the Hessian is diagonal: -k^2 sin(k x)."""
    v = random_like(tree, seed)
    got = hvp(total, [tree], [v])
    assert_same_structure(got, [tree])
    for k, (h, x, t) in enumerate(zip(leaves(got), leaves(tree), leaves(v), strict=True)):
        expected = -((k + 1.0) ** 2) * np.sin((k + 1.0) * x) * t
        np.testing.assert_allclose(h.numpy(), expected, rtol=1e-13, atol=1e-13)


def network(p: dict[str, Any], x: Any) -> Tensor:
    """A loss of two layers."""
    h = ad.tanh(x @ p["first"].weight + p["first"].bias)
    return ad.sum((h @ p["last"][0] + p["last"][1]) ** 2.0)


PARAMETERS = {"first": Layer(arrays(1, (3, 2)), arrays(2, (2,))), "last": [arrays(3, (2, 1)), arrays(4, ())]}
DATA = arrays(5, (4, 3))


def test_gradient_of_a_gradient_of_dicts() -> None:
    """The derivative of the gradient's length agrees with the Hessian times the gradient."""

    def length(p: Any) -> Tensor:
        return 0.5 * sum((ad.sum(g * g) for g in leaves(grad(network)(p, DATA))), ad.asarray(0.0))

    gradient = grad(network)(PARAMETERS, DATA)
    expected = hvp(network, (PARAMETERS, DATA), gradient, argnums=0)
    for got, other in zip(leaves(grad(length)(PARAMETERS)), leaves(expected), strict=True):
        # Two orders of summation over terms of size 100.
        np.testing.assert_allclose(got.numpy(), other.numpy(), rtol=1e-11, atol=1e-11)


def test_hessian_of_a_dict_by_both_modes() -> None:
    """A block for each pair of leaves, and the product of all with a vector is hvp's."""
    by_forward = hessian(network, mode="forward")(PARAMETERS, DATA)
    by_reverse = hessian(network, mode="reverse")(PARAMETERS, DATA)
    v = random_like(PARAMETERS, 7)
    expected = hvp(network, (PARAMETERS, DATA), v, argnums=0)
    assert by_forward["first"].weight["last"][0].shape == (3, 2, 2, 1)
    assert by_forward["last"][1]["first"].bias.shape == (2,)
    for a, b in zip(leaves(by_forward), leaves(by_reverse), strict=True):
        np.testing.assert_allclose(a.numpy(), b.numpy(), rtol=1e-11, atol=1e-11)
    rows = rebuilt(PARAMETERS, iter(range(4)))
    blocks = iter(leaves(by_forward))
    for _, h in zip(leaves(rows), leaves(expected), strict=True):
        columns = [(next(blocks).numpy(), t) for t in leaves(v)]
        row = sum(np.tensordot(block, t, axes=np.ndim(t)) for block, t in columns)
        np.testing.assert_allclose(h.numpy(), row, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("argnums", [0, 1, (0, 1), (1, 0), [1]])
def test_jacobian_by_both_modes(argnums: Any) -> None:
    """The same blocks, in the structure of the output and within that of the arguments."""

    def f(p: Any, x: Any) -> Any:
        return {"y": x * p["a"][0], "z": [ad.sum(p["a"][1]) * x[0], None]}

    args = ({"a": (arrays(1, ()), arrays(2, (2, 2)))}, arrays(3, (3,)))
    forward = jacobian(f, argnums, mode="forward")(*args)
    reverse = jacobian(f, argnums, mode="reverse")(*args)
    chosen = jacobian(f, argnums)(*args)
    assert list(forward) == ["y", "z"]
    assert forward["z"][1] is None
    blocks = forward["y"] if isinstance(argnums, int) else forward["y"][-1]
    assert (blocks.shape == (3, 3)) if argnums in (1, (0, 1), [1]) else blocks["a"][1].shape == (3, 2, 2)
    for a, b, c in zip(leaves(forward), leaves(reverse), leaves(chosen), strict=True):
        np.testing.assert_array_equal(a.numpy(), b.numpy())
        np.testing.assert_array_equal(a.numpy(), c.numpy())


# What a list of numbers is, and other arguments -------------------------------------------------------------


def test_lists_of_numbers_are_arrays() -> None:
    """Wherever they stand in an argument; a tuple of numbers, or a list with an array in it, is a structure."""
    assert grad(lambda x: ad.sum(x * x))([[1.0, 2.0], [3.0, 4.0]]).tolist() == [[2.0, 4.0], [6.0, 8.0]]
    assert grad(lambda p: ad.sum(p["w"] * p["w"]))({"w": [1.0, 2.0]})["w"].tolist() == [2.0, 4.0]
    assert [g.item() for g in grad(lambda p: p[0] * p[1])((2.0, 3.0))] == [3.0, 2.0]
    assert isinstance(grad(lambda p: p[0] * p[1])([2.0, np.array(3.0)]), list)
    rows = grad(lambda p: ad.sum(p[0]) * ad.sum(p[1]))([[1.0, 2.0], [5.0]])
    assert [row.tolist() for row in rows] == [[5.0, 5.0], [3.0]]


def test_functions_that_return_lists_of_numbers() -> None:
    """In a result every number is an output of its own."""
    out, pull = vjp(lambda x: [2.0 * x, 1.0], 3.0)
    assert isinstance(out, list)
    assert pull([1.0, 5.0])[0].item() == 2.0


def test_keyword_arguments_are_handed_on() -> None:
    """As they are, to every function that a transform returns."""
    assert grad(lambda x, *, n: x**n)(2.0, n=3).item() == 12.0
    assert jacobian(lambda x, *, n: x**n)(2.0, n=3).item() == 12.0
    assert hessian(lambda x, *, n: x**n)(2.0, n=3).item() == 12.0


def test_auxiliary_output() -> None:
    """It is handed on outside of the graph, whatever it holds; with a vjp too, and below another transform."""

    def f(x: Any) -> Any:
        return x * x, {"x": x + 1.0, "name": "f", "none": None}

    (value, aux), g = value_and_grad(f, has_aux=True)(3.0)
    assert (value.item(), g.item(), aux["x"].item(), aux["name"]) == (9.0, 6.0, 4.0, "f")
    assert not aux["x"].requires_grad
    g, aux = grad(f, has_aux=True)(3.0)
    assert (g.item(), aux["none"]) == (6.0, None)
    _, pull, aux = vjp(f, 3.0, has_aux=True)
    assert (pull(1.0)[0].item(), aux["x"].item()) == (6.0, 4.0)
    # Of the auxiliary output, too: d(x + 1)/dx.
    assert grad(lambda x: grad(f, has_aux=True)(x)[1]["x"])(3.0).item() == 1.0


def test_several_arguments_of_hvp() -> None:
    """A tuple is the arguments, as for jvp; argnums leaves some constant."""

    def f(x: Any, y: Any) -> Tensor:
        return x * x * y

    assert [h.item() for h in hvp(f, (2.0, 3.0), (1.0, 10.0))] == [6.0 + 40.0, 4.0]
    assert hvp(f, (2.0, 3), 10.0, argnums=0).item() == 60.0
    assert [h.item() for h in hvp(f, (2.0, 3.0), (10.0,), argnums=(-1,))] == [0.0]


def test_hvp_never_forms_the_hessian(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of calls of a rule doesn't grow with the size of the argument, as it would by rows or columns."""
    calls = []
    sine = ad.REGISTRY["sin"]
    (rule,) = sine.vjps or ()

    def counted(xp: Any, g: Any, _y: Any, x: Any) -> Any:
        calls.append(x.size)
        return rule(xp, g, _y, x)  # type: ignore[misc]

    monkeypatch.setattr(sine, "vjps", (counted,))

    def count(size: int) -> int:
        calls.clear()
        hvp(lambda x: ad.sum(ad.sin(x) * x), np.ones(size), np.ones(size))
        return len(calls)

    assert count(3) == count(100_000) < 5


# Complex numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("f", [lambda z: z * z, lambda z: ad.exp(z[0]) * z[1], lambda z: {"s": ad.sum(z * z)}])
def test_jacobian_of_a_holomorphic_function(f: Any) -> None:
    """By both modes the complex derivative, which central differences along any direction give."""
    z = np.array([1.0 + 2.0j, 0.5 - 1.0j])
    step = 1e-6
    for mode in ("forward", "reverse"):
        (block,) = leaves(jacobian(f, mode=mode)(z))  # type: ignore[arg-type]
        for k, unit in enumerate(np.eye(2)):
            (high,), (low,) = leaves(f(z + step * unit)), leaves(f(z - step * unit))
            numeric = ((high - low) / (2.0 * step)).numpy() if isinstance(high, Tensor) else (high - low) / (2.0 * step)
            np.testing.assert_allclose(block.numpy()[..., k], numeric, rtol=1e-8, atol=1e-8)


def test_rounding_does_not_make_a_function_non_holomorphic() -> None:
    """A derivative that is zero but for rounding, in single precision too; and one that is empty."""
    z = np.array([1.1 + 2.3j, 0.7 - 1.9j])
    for point in (z, z.astype(np.complex64), z[:0]):
        for mode in ("forward", "reverse"):
            got = jacobian(lambda z: ad.exp(z) * ad.exp(-z) + z / 3.0 - z * 0.333, mode=mode)(point)  # type: ignore[arg-type]
            assert got.shape == (point.size, point.size)
            assert got.dtype == point.dtype


def test_jacobian_between_real_and_complex() -> None:
    """A real output by a complex argument is as in grad, a complex one by a real argument has both parts."""
    z, x = np.array([3.0 + 4.0j, 1.0j]), np.array([1.0, 2.0])
    for mode in ("forward", "reverse"):
        got = jacobian(lambda z: ad.sum(ad.abs(z)), mode=mode)(z)  # type: ignore[arg-type]
        np.testing.assert_allclose(got.numpy(), grad(lambda z: ad.sum(ad.abs(z)))(z).numpy(), rtol=1e-15)
        by_real = jacobian(lambda x: x * (1.0 + 2.0j), mode=mode)(x)  # type: ignore[arg-type]
        assert by_real.tolist() == [[1.0 + 2.0j, 0.0], [0.0, 1.0 + 2.0j]]
        with pytest.raises(GradientError, match="holomorphic"):
            jacobian(ad.conj, mode=mode)(z)  # type: ignore[arg-type]


# Errors -----------------------------------------------------------------------------------------------------

P = {"W1": np.ones((3, 2)), "rest": (np.ones(2), None)}


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: jvp(total, (P,), ({"W1": np.ones((2, 3)), "rest": (np.ones(2), None)},)),
            ValueError,
            r'tangents\[0\]\["W1"\]: expected shape \(3, 2\), got \(2, 3\)',
        ),
        (lambda: jvp(total, (P,), ({"W1": P["W1"]},)), ValueError, r"tangents\[0\]: expected the keys .* lacks 'rest'"),
        (lambda: jvp(total, (P,), (P | {"b": 1.0},)), ValueError, r"tangents\[0\]: .* has 'b' too many"),
        (
            lambda: jvp(total, (P,), (P | {"rest": (np.ones(2),)},)),
            ValueError,
            r'\[0\]\["rest"\]: expected a tuple of 2',
        ),
        (lambda: jvp(total, (P,), (P | {"rest": (None, None)},)), TypeError, r'\["rest"\]\[0\]: .* got None'),
        (lambda: jvp(total, (P,), (P | {"rest": (np.ones(2), 1.0)},)), ValueError, r'\["rest"\]\[1\]: expected None'),
        (lambda: jvp(total, (P,), (1.0,)), TypeError, r"tangents\[0\]: expected a dict .* got a float"),
        (lambda: jvp(total, (1.0,), ("text",)), TypeError, r"tangents\[0\]: .* got a str"),
        (lambda: jvp(total, (1.0,), (1j,)), TypeError, r"tangents\[0\]: expected real numbers"),
        (
            lambda: jvp(total, (Layer(1.0, 2.0),), ((1.0, np.ones(2)),)),
            ValueError,
            r"tangents\[0\]\.bias: expected shape",
        ),
        (lambda: vjp(spread, 1.0)[1]({"each": 1.0, "all": 1.0}), TypeError, r'cotangents\["all"\]: expected a tuple'),
        (lambda: vjp(ad.sin, [1.0, 2.0])[1]([1.0]), ValueError, r"cotangent: expected shape \(2,\), got \(1,\)"),
        (lambda: grad(total)({"x": 1.0, "n": 2}), TypeError, r'argument 0\["n"\]: .* int64; pass a float .* constant'),
        (lambda: grad(total)([1.0, {"how": "s"}]), TypeError, r'argument 0\[1\]\["how"\]: .* a str; .* argnums'),
        (lambda: grad(total)((np.ones(2) > 0,)), TypeError, r"argument 0\[0\]: .* bool"),
        (lambda: vjp(lambda x: {"y": x, "how": "s"}, 1.0), TypeError, r'output\["how"\]: .* got a str'),
        (lambda: grad(lambda x: {"y": x})(1.0), GradientError, "one number, got several outputs.*has_aux"),
        (lambda: grad(lambda x: x, has_aux=True)(1.0), TypeError, r"\(output, aux\), got Tensor"),
        (lambda: grad(lambda x, y: x, (0, -2))(1.0, 2.0), ValueError, "argument -2 asked for twice"),
        (lambda: grad(lambda x: x, ())(1.0), ValueError, "no argument"),
        (lambda: grad(lambda x: x, "x"), TypeError, "argnums must be the position .* got 'x'"),  # type: ignore[arg-type]
        (lambda: hvp(total, (1.0,), 1.0, argnums=1), ValueError, "hvp: argument 1 asked for"),
        (lambda: jacobian(total, mode="fwd"), ValueError, "jacobian: .* None, 'forward' or 'reverse', got 'fwd'"),  # type: ignore[arg-type]
        (lambda: hessian(total, mode="rev"), ValueError, "hessian: .* None, 'forward' or 'reverse', got 'rev'"),  # type: ignore[arg-type]
    ],
)
def test_errors_name_the_path(call: Any, error: type[Exception], message: str) -> None:
    """What is wrong, and where in the structure."""
    with pytest.raises(error, match=message):
        call()
