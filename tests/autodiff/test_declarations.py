"""Users' own operations: what is wrong with a declaration, declaring again, and rules that call operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import REGISTRY, Tensor, grad, gradcheck, jvp, op
from autodiff.op import TENSORS

Registry = dict[str, Any]


def declared(rule: Callable[..., Any], **options: Any) -> Callable[..., Tensor]:
    """An element-wise operation `cube` with this rule; each call is the same definition again."""

    def cube(xp: Any, x: Any, /) -> Any:
        return x * x * x

    return op.elementwise(rule, **options)(cube)


def right(xp: Any, g: Any, _y: Any, x: Any) -> Any:
    """The derivative of the third power."""
    return 3.0 * g * x * x


# Declarations that can't work -------------------------------------------------------------------------------


def no_arrays(xp: Any) -> Any:
    """Without an argument for arrays."""
    return xp.zeros(2)


def two(xp: Any, a: Any, b: Any, /) -> Any:
    """With two arrays."""
    return a * b


def with_parameter(xp: Any, x: Any, /, *, power: int = 2) -> Any:
    """With an array and a parameter."""
    return x**power


def no_slash(xp: Any, x: Any) -> Any:
    """With an array that may be a parameter."""
    return x


def no_arguments() -> Any:
    """Without xp."""
    return None


def of_list(xp: Any, *arrays: Any) -> Any:
    """With a list of arrays."""
    return arrays[0]


ONE = [op.sample((3,))]


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: declared(lambda xp, g, x: g), r"'cube': its rule is called as rule\(xp, g, y, x\), .* \(xp, g, x\)"),
        (lambda: declared(lambda xp, g, y, x, z: g), r"'cube': .* missing a required argument: 'z'"),
        (lambda: op.elementwise(right)(two), r"'two' has 1 rules but the arguments \(a, b\)"),
        (lambda: op.elementwise()(two), "'two' has 0 rules"),
        (lambda: op.elementwise(None, None, None)(two), "'two' has 3 rules"),
        (lambda: op.elementwise(right)(with_parameter), r"rule\(xp, g, y, x, power=\.\.\.\)"),
        (lambda: op.primitive(vjp=right, jvp=lambda xp, t, x: t, samples=ONE)(no_slash), r"rule\(xp, tangents, y, x\)"),
        (lambda: op.linear(right, samples=ONE)(of_list), r"rule\(xp, g, y, a, b, position=\.\.\.\)"),
        (lambda: op.composite(samples=ONE)(no_slash), "'no_slash' has no array arguments: .* before a slash"),
        (lambda: op.constant(samples=ONE)(no_arrays), "no array arguments"),
        (lambda: op.constant(samples=ONE)(no_arguments), "the first argument is xp"),
        (lambda: op.elementwise(right)(lambda xp, x, /: x), "a named function"),
        (lambda: op.elementwise(two)(Tensor(1.0)), "in place of a named function"),  # type: ignore[arg-type]
    ],
)
def test_a_declaration_that_does_not_fit(declare: Any, message: str) -> None:
    """It is refused at once, by a TypeError that names the operation and what is expected; nothing is registered."""
    before = dict(REGISTRY)
    with pytest.raises(TypeError, match=message):
        declare()
    assert before == REGISTRY


def test_element_wise_operations_of_many_arrays_need_samples(registry: Registry) -> None:
    """There are default shapes for up to three."""

    def four(xp: Any, a: Any, b: Any, c: Any, d: Any, /) -> Any:
        return a + b + c + d

    rules = [lambda xp, g, _y, _a, _b, _c, _d: g] * 4
    with pytest.raises(ValueError, match="'four' has no samples"):
        op.elementwise(*rules)(four)
    total = op.elementwise(*rules, samples=[op.sample((2,), (2,), (2,), (2,))])(four)
    assert gradcheck(total, (1.0, 2.0, 3.0, 4.0))


# Rules that go wrong when they are used ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "error", "message"),
    [
        (lambda xp, g, _y, _x: xp.sum(g), ValueError, r"a rule returned shape \(\) where \(2,\) is needed"),
        (lambda xp, g, _y, _x: xp.concat([g, g]), ValueError, r"shape \(4,\) where \(2,\)"),
        (lambda xp, g, _y, _x: 0.0, AttributeError, "'float'"),
        (lambda xp, g, _y, _x: None, AttributeError, "'NoneType'"),
        (lambda xp, g, _y, _x: g * xp.no_such_function(_x), AttributeError, "no_such_function"),
    ],
)
def test_an_error_in_a_rule_names_the_operation(registry: Registry, rule: Any, error: Any, message: str) -> None:
    """By a note on whatever was raised, in both modes."""
    cube = declared(rule)
    for call in (lambda: grad(lambda x: ad.sum(cube(x)))([1.0, 2.0]), lambda: jvp(cube, ([1.0, 2.0],), ([1.0, 1.0],))):
        with pytest.raises(error) as caught:
            call()
        assert any("rule of operation 'cube'" in note and "(2,)" in note for note in caught.value.__notes__)
    with pytest.raises(error, match=message):
        grad(lambda x: ad.sum(cube(x)))([1.0, 2.0])


def test_a_rule_that_needs_raw_arrays(registry: Registry) -> None:
    """It gives first derivatives; second ones are an error that says why, not a wrong number."""
    cube = declared(lambda xp, g, _y, x: 3.0 * g * np.asarray(x) ** 2)
    assert grad(cube)(2.0).item() == 12.0
    with pytest.raises(ad.GradientError, match="would cut the gradient") as caught:
        grad(grad(cube))(2.0)
    assert "operation 'cube'" in caught.value.__notes__[0]


def test_numpys_functions_in_a_rule(registry: Registry) -> None:
    """They work on Tensors, so that second derivatives are there, too."""
    assert gradcheck(declared(lambda xp, g, _y, x: 3.0 * g * np.square(x)), [1.0, 2.0], order=3)


# Rules that call operations ---------------------------------------------------------------------------------


def test_rules_find_operations_in_xp(registry: Registry) -> None:
    """Own ones too, on raw arrays and on Tensors, to every order."""

    @op.elementwise(lambda xp, g, _y, x: g * xp.wave_slope(x))
    def wave(xp: Any, x: Any, /) -> Any:
        """A value that foreign code computes."""
        return np.sin(x)

    @op.elementwise(lambda xp, g, _y, x: -g * xp.wave(x))
    def wave_slope(xp: Any, x: Any, /) -> Any:
        """Its derivative, by foreign code."""
        return np.cos(x)

    assert gradcheck(wave, [0.5, 2.0], order=3)
    assert grad(wave)(0.5).item() == np.cos(0.5)


def test_the_library_s_functions_stay_the_library_s(registry: Registry) -> None:
    """An operation named as a function of NumPy that it calls doesn't call itself."""

    @op.elementwise(lambda xp, g, _y, _x: g)
    def unwrap(xp: Any, x: Any, /) -> Any:
        """NumPy's own."""
        return xp.unwrap(x)

    assert unwrap([0.0, 7.0]).tolist() == np.unwrap([0.0, 7.0]).tolist()


# Declaring again --------------------------------------------------------------------------------------------


def test_a_cell_run_twice(registry: Registry) -> None:
    """The later declaration counts: for new calls, for the methods, and for rules; recorded graphs keep theirs."""

    def wrong(xp: Any, g: Any, _y: Any, x: Any) -> Any:
        return g * x

    first = declared(wrong, method=True)
    y = first(Tensor(2.0, requires_grad=True))
    second = declared(right)
    assert registry["cube"].function is second is TENSORS.cube
    assert grad(second)(2.0).item() == 12.0
    assert not hasattr(Tensor, "cube")
    third = declared(right, method=True)
    x = Tensor(2.0, requires_grad=True)
    x.cube().backward()  # type: ignore[attr-defined]
    assert x.grad is not None
    assert x.grad.item() == 12.0
    assert registry["cube"].function is third
    assert y._node is not None
    assert y._node.operation is not registry["cube"]  # type: ignore[union-attr]


def test_a_failed_declaration_leaves_the_earlier_one(registry: Registry) -> None:
    """A mistake in the second run of a cell doesn't take the operation away."""
    first = declared(right)
    with pytest.raises(TypeError, match="its rule is called as"):
        declared(lambda xp, g: g)
    assert registry["cube"].function is first
    assert grad(TENSORS.cube)(2.0).item() == 12.0


def test_another_modules_operation_stays(registry: Registry) -> None:
    """The same name from elsewhere is an error that says where the first is."""
    declared(right)

    def cube(xp: Any, x: Any, /) -> Any:
        return x

    cube.__module__, cube.__qualname__ = "elsewhere", "cube"
    with pytest.raises(ValueError, match=r"'cube' is declared already, in tests\.autodiff\.test_declarations"):
        op.elementwise(right)(cube)


@pytest.mark.parametrize(
    ("name", "options"),
    [("backward", {"method": True}), ("data", {"method": True}), ("times", {"operator": "mul"})],
)
def test_what_tensor_has_is_not_replaced(name: str, options: Any) -> None:
    """A method or an operator that is taken is an error, and nothing is registered."""

    def forward(xp: Any, a: Any, /) -> Any:
        return a

    def of_two(xp: Any, a: Any, b: Any, /) -> Any:
        return a

    function = of_two if "operator" in options else forward
    function.__name__ = name
    rules = [right] if function is forward else [None, None]
    before = vars(Tensor).copy()
    with pytest.raises(ValueError, match=r"Tensor has .* already"):
        op.elementwise(*rules, **options)(function)  # type: ignore[arg-type]
    assert name not in REGISTRY
    assert before == vars(Tensor)
