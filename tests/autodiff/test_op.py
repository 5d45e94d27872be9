"""How an operation is declared: the five decorators, what they refuse, and the public signature."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import REGISTRY, GradientError, Tensor, gradcheck, op
from autodiff.graph import Node, Stub
from autodiff.op import recording
from autodiff.op.unrolled import all_through_apply

# Every kind of declaration ----------------------------------------------------------------------------------


def test_elementwise_declaration(registry: dict[str, Any]) -> None:
    """One rule per argument gives value, both modes, second order, broadcasting and samples."""

    @op.elementwise(lambda xp, g, _y, _x1, x2: g * x2, lambda xp, g, _y, x1, _x2: g * x1, method=True)
    def product(xp: Any, x1: Any, x2: Any, /) -> Any:
        """A product."""
        return x1 * x2

    assert registry["product"].function is product
    assert registry["product"].kind == "elementwise"
    assert len(registry["product"].samples) > 3
    assert product([2.0], [[3.0], [4.0]]).tolist() == [[6.0], [8.0]]
    assert Tensor([2.0]).product(5.0).tolist() == [10.0]  # type: ignore[attr-defined]
    assert gradcheck(product, (np.array([1.0, 2.0]), np.array([[3.0], [4.0]])), order=2)


def test_linear_declaration(registry: dict[str, Any]) -> None:
    """The transpose is all that is written; forward mode is the operation itself."""

    @op.linear(lambda xp, g, _y, _x, *, by: by * g, samples=[op.sample((3,), by=2.0)])
    def scale(xp: Any, x: Any, /, *, by: float) -> Any:
        """A multiple."""
        return by * x

    assert gradcheck(lambda x: scale(x, by=3.0), [1.0, 2.0], order=2)
    assert registry["scale"].vjps is not None


@pytest.mark.parametrize("with_jvp", [False, True])
def test_primitive_declaration(registry: dict[str, Any], with_jvp: bool) -> None:
    """A vjp is enough: forward mode is made of it, if no jvp is given."""

    def vjp(xp: Any, g: Any, y: Any, x: Any) -> Any:
        return g * x / y

    def jvp(xp: Any, tangents: Any, y: Any, x: Any) -> Any:
        return xp.sum(tangents[0] * x) / y

    @op.primitive(vjp=vjp, jvp=jvp if with_jvp else None, samples=[op.sample((3,))])
    def length(xp: Any, x: Any, /) -> Any:
        """The Euclidean norm of all entries."""
        return xp.sqrt(xp.sum(x * x))

    assert length([3.0, 4.0]).item() == 5.0
    assert gradcheck(length, [3.0, 4.0, 1.0], order=2)
    assert registry["length"].jvp is (jvp if with_jvp else None)


def test_composite_declaration(registry: dict[str, Any]) -> None:
    """An ordinary function of other operations; nothing of its own is recorded."""

    @op.composite(samples=[op.sample((3,))])
    def sumsq(xp: Any, x: Any, /) -> Any:
        """Sum of squares."""
        return xp.sum(x * x)

    y = sumsq(Tensor([1.0, 2.0], requires_grad=True))
    assert isinstance(y._node, Node)
    assert y._node.operation.name == "sum"
    assert gradcheck(sumsq, [1.0, 2.0], order=2)


def test_constant_declaration(registry: dict[str, Any]) -> None:
    """No derivative, whatever the argument requires."""

    @op.constant(samples=[op.sample((3,))])
    def step(xp: Any, x: Any, /) -> Any:
        """1 from 0 on."""
        return xp.astype(x >= 0, x.dtype)

    y = step(Tensor([-1.0, 1.0], requires_grad=True))
    assert y.tolist() == [0.0, 1.0]
    assert not y.requires_grad


def test_declaration_with_a_list_of_arrays(registry: dict[str, Any]) -> None:
    """One rule, which is told the position."""

    @op.linear(
        lambda xp, g, _y, *_arrays, position: (position + 1.0) * g,
        joint=True,
        samples=[op.sample((2,), (2,))],
    )
    def weighted(xp: Any, *arrays: Any) -> Any:
        """The first, plus twice the second, and so on."""
        total = arrays[0]
        for k, x in enumerate(arrays[1:]):
            total = total + (k + 2.0) * x
        return total

    assert weighted([[1.0], [10.0], [100.0]]).tolist() == [321.0]
    points = (np.ones(2), np.ones(2), np.ones(2))
    assert gradcheck(lambda a, b, c: weighted([a, b, c]), points, order=2)


def test_an_operator_comes_with_the_declaration(registry: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """``operator="mod"`` makes %, its reflected form and its in-place form."""
    for name in ("__mod__", "__rmod__", "__imod__"):
        monkeypatch.delattr(Tensor, name)

    @op.elementwise(lambda xp, g, _y, _a, _b: g, None, operator="mod", domain=(1.0, 2.0))
    def modulo(xp: Any, a: Any, b: Any, /) -> Any:
        """The remainder."""
        return xp.remainder(a, b)

    x = Tensor([5.0, 7.0], requires_grad=True)
    y = x % 3.0
    assert y.tolist() == [2.0, 1.0]
    assert (9.0 % x).tolist() == [4.0, 2.0]
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [1.0, 1.0]


# What a declaration refuses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "decorator",
    [
        op.linear(lambda xp, g, _y, _x: g),
        op.primitive(vjp=lambda xp, g, _y, _x: g),
        op.composite(),
        op.constant(),
    ],
)
def test_an_operation_without_samples_cannot_exist(decorator: Any) -> None:
    """The error says what to write; nothing is registered."""

    def untested(xp: Any, x: Any, /) -> Any:
        return x

    with pytest.raises(ValueError, match="'untested' has no samples: give samples="):
        decorator(untested)
    assert "untested" not in REGISTRY


def test_a_name_is_declared_once() -> None:
    """A second operation of the same name is an error, and the first one stays."""

    def sin(xp: Any, x: Any, /) -> Any:
        return x

    with pytest.raises(ValueError, match="'sin' is declared already"):
        op.elementwise(lambda xp, g, _y, _x: g)(sin)
    assert REGISTRY["sin"].function is ad.sin


# Public signatures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", REGISTRY.values(), ids=lambda o: o.name)
def test_public_signature_is_the_declared_one(operation: op.Operation) -> None:
    """Without `xp`; with the declared defaults and kinds."""
    declared = list(inspect.signature(operation.forward).parameters.values())[1:]
    public = inspect.signature(operation.function).parameters
    for p in declared:
        if p.kind is p.VAR_POSITIONAL:
            continue
        assert p.name in public
        if not operation.indexed:  # where key and shape may stand by position, as they do between brackets
            assert public[p.name].kind is p.kind
            default = public[p.name].default
            assert (default is p.empty) == (p.default is p.empty)
    assert len(public) == len(declared) - (1 if operation.indexed else 0)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda x: ad.sum(x, 0), lambda x: np.sum(x, axis=0)),
        (lambda x: ad.sum(x, axis=1, keepdims=True), lambda x: np.sum(x, axis=1, keepdims=True)),
        (lambda x: ad.reshape(x, (3, 2)), lambda x: np.reshape(x, (3, 2))),
        (lambda x: ad.reshape(x, shape=(3, 2)), lambda x: np.reshape(x, (3, 2))),
        (lambda x: ad.clip(x, 0.0), lambda x: np.maximum(x, 0.0)),
        (lambda x: ad.clip(x, 0.0, 1.5), lambda x: np.clip(x, 0.0, 1.5)),
        (lambda x: ad.clip(x, max=0.0), lambda x: np.minimum(x, 0.0)),
        (lambda x: ad.clip(x, min=-0.7, max=0.7), lambda x: np.clip(x, -0.7, 0.7)),
        (lambda x: ad.concat([x, x]), lambda x: np.concatenate([x, x])),
        (lambda x: ad.concat((x, x), axis=1), lambda x: np.concatenate([x, x], axis=1)),
        (lambda x: ad.concat(iter([x, x]), axis=None), lambda x: np.concatenate([x, x], axis=None)),
        (lambda x: ad.stack([x, x], axis=-1), lambda x: np.stack([x, x], axis=-1)),
        (lambda x: ad.stack(x), lambda x: x),
        (lambda x: ad.where(x > 0, x, 0.0), lambda x: np.where(x > 0, x, 0.0)),
        (lambda x: ad.where([True, False, True], 1.0, x), lambda x: np.where([True, False, True], 1.0, x)),
        (lambda x: ad.permute_dims(x, (1, 0)), lambda x: x.T),
        (lambda x: ad.broadcast_to(x, shape=(2, 2, 3)), lambda x: np.broadcast_to(x, (2, 2, 3))),
        (lambda x: ad.take(x, [1, 0], axis=1), lambda x: np.take(x, [1, 0], axis=1)),
        (lambda x: ad.getitem(x, (0, [1, 2])), lambda x: x[0, [1, 2]]),
        (lambda x: ad.tensordot(x, x, axes=((0, 1), (0, 1))), lambda x: np.sum(x * x)),
        (lambda x: ad.astype(x, "float32"), lambda x: x.astype(np.float32)),
        (lambda x: ad.var(x, correction=1), lambda x: np.var(x, ddof=1)),
        (lambda x: ad.multiply(2, x), lambda x: 2 * x),
    ],
)
def test_arguments_by_position_and_by_name(call: Any, expected: Any) -> None:
    """Arrays by keyword, metadata by position, lists, numbers: as in the standard and in NumPy."""
    x = np.array([[1.0, -2.0, 0.25], [3.0, 0.5, -0.75]])
    got, numpys = call(Tensor(x)), expected(x)
    assert got.dtype == np.asarray(numpys).dtype
    # Sums in another order.
    np.testing.assert_allclose(got.numpy(), numpys, rtol=1e-15)
    assert gradcheck(lambda x: call(x).astype(np.float64), x, modes=("reverse",))


@pytest.mark.parametrize(
    "call",
    [
        lambda: ad.sin(),
        lambda: ad.sin(1.0, 2.0),
        lambda: ad.sin(x=1.0),
        lambda: ad.sum([1.0], dims=0),
        lambda: ad.add(1.0),
        lambda: ad.sin("text"),
        lambda: ad.sin(None),
        lambda: ad.add([1.0], object()),
        lambda: ad.concat(1.0),
    ],
)
def test_wrong_arguments_are_type_errors(call: Any) -> None:
    """As for any Python function."""
    with pytest.raises(TypeError):
        call()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ad.sum(ad.ones((2, 3)), axis=2), IndexError, r"sum\(float64 of shape \(2, 3\), axis=2"),
        (lambda: ad.reshape(ad.ones(4), 3), ValueError, r"reshape\(float64 of shape \(4,\), shape=3"),
        (lambda: ad.concat([ad.ones((2, 2)), ad.ones((3, 3))]), ValueError, r"concat\(.*\(2, 2\).*\(3, 3\)"),
        (lambda: ad.stack([ad.ones(2), ad.ones(3)]), ValueError, r"stack: .*\(2,\), \(3,\)"),
        (lambda: ad.concat([]), ValueError, "concat: at least one array"),
        (lambda: ad.stack([]), ValueError, "at least one array"),
        (lambda: ad.squeeze(ad.ones((2, 3)), axis=0), ValueError, r"squeeze\(float64 of shape \(2, 3\)"),
        (lambda: ad.take(ad.ones((2, 3)), [0]), ValueError, "axis is needed"),
        (lambda: ad.tensordot(ad.ones((2, 3)), ad.ones((4, 2))), ValueError, r"\(2, 3\).*\(4, 2\)"),
        (lambda: ad.max(ad.zeros(0)), ValueError, r"max\(float64 of shape \(0,\)"),
        (lambda: ad.permute_dims(ad.ones((2, 3)), (0, 0)), ValueError, "permute_dims"),
    ],
)
def test_errors_name_the_operation_and_its_arguments(call: Any, error: type[Exception], message: str) -> None:
    """Whatever the library beneath says comes with the operation's name, shapes and dtypes before it."""
    with pytest.raises(error, match=message):
        call()


# What is recorded -------------------------------------------------------------------------------------------


def test_only_rules_of_tracked_arguments_run(registry: dict[str, Any]) -> None:
    """A constant's rule is never called, nor that of an absent array."""

    def forbidden(xp: Any, g: Any, _y: Any, _a: Any, b: Any) -> Any:
        raise AssertionError

    @op.elementwise(lambda xp, g, _y, _a, b: g, forbidden)
    def lopsided(xp: Any, a: Any, b: Any, /) -> Any:
        """The first argument."""
        return a + 0.0 * b

    x = Tensor(2.0, requires_grad=True)
    lopsided(x, 3.0).backward()
    assert x.grad is not None
    assert x.grad.item() == 1.0


def test_an_argument_with_an_underscore_has_metadata_only() -> None:
    """The node keeps a stub, or the parent, in place of an array that no rule reads."""
    x = Tensor(np.ones((2, 3)), requires_grad=True)
    for y in (x + np.ones(3), ad.sum(x * 1.0)):
        assert isinstance(y._node, Node)
        assert y._node.value is None
        for kept in y._node.arguments or ():
            assert isinstance(kept, (Stub, Node, type(x._node)))
            assert kept.ndim == len(kept.shape)


def test_absent_arrays_stay_absent() -> None:
    """`clip` without a lower bound records None in its place."""
    x = Tensor([1.0, 5.0], requires_grad=True)
    y = ad.clip(x, max=Tensor(2.0, requires_grad=True))
    assert isinstance(y._node, Node)
    assert y._node.parents[1] is None
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [1.0, 0.0]


def test_what_stands_in_for_apply_sees_every_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside `all_through_apply` functions, operators and methods go through it; afterwards the fast lines are back."""
    seen = []
    real = recording.apply

    def watching(operation: op.Operation, arguments: Any, params: Any) -> Tensor:
        seen.append(operation.name)
        return real(operation, arguments, params)

    monkeypatch.setattr(recording, "apply", watching)
    x = Tensor([1.0, 2.0])
    with all_through_apply():
        _ = -(2.0 * ad.sin(x + x)).sum()
    assert seen == ["add", "sin", "multiply", "sum", "negative"]
    _ = -ad.sin(x + x)
    assert len(seen) == 5


X, Y, Z = (Tensor(v, requires_grad=True) for v in ([1.0, 2.0], [3.0, 4.0], [0.5, 0.25]))
C = np.array([5.0, 6.0])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *[("exp", (a,)) for a in (X, C)],
        *[(name, (a, b)) for name in ("add", "multiply", "divide", "atan2") for a in (X, C) for b in (Y, C)],
        *[("multiply", pair) for pair in [(X, 2.0), (2.0, X), (X, 2), (X, -0.0), (X.sum(), 2.0), (2.0, X.sum())]],
        *[("where", (Tensor([True, False]), a, b)) for a in (X, Y.detach()) for b in (Z, Z.detach())],
    ],
    ids=str,
)
def test_the_unrolled_form_is_apply(name: str, arguments: tuple[Any, ...]) -> None:
    """The same value, parents and kept arguments as `apply` gives, whichever of the arguments are tracked."""
    operation = REGISTRY[name]
    fast = operation.function(*arguments)
    slow = recording.apply(operation, arguments, recording.NONE)
    assert (type(fast._value), fast.dtype) == (type(slow._value), slow.dtype)
    assert fast.tolist() == slow.tolist()
    a, b = fast._node, slow._node
    if a is None or b is None:
        assert a is b
        return
    assert isinstance(a, Node)
    assert isinstance(b, Node)
    assert (tuple(a.parents), a.shape, a.dtype) == (tuple(b.parents), b.shape, b.dtype)
    assert (a.value is None) == (b.value is None)
    for kept, other in zip(a.arguments or (), b.arguments or (), strict=True):
        assert type(kept) is type(other) or (isinstance(other, Stub) and kept.shape == ())


def test_errors_in_a_rule_are_not_hidden(registry: dict[str, Any]) -> None:
    """What a user's rule raises reaches the user."""

    def broken(xp: Any, g: Any, _y: Any, _x: Any) -> Any:
        raise GradientError("no such derivative")

    @op.elementwise(broken)
    def rough(xp: Any, x: Any, /) -> Any:
        """Has no derivative."""
        return x

    with pytest.raises(GradientError, match="no such derivative"):
        rough(Tensor(1.0, requires_grad=True)).backward()
