"""gradcheck: what it must find, what it must not, and what it says."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import GradcheckError, Tensor, gradcheck

Function = Callable[..., Any]


def off_by(factor: float, f: Function) -> Function:
    """A function with the values of `f` whose derivative is off by a factor, in every mode and order."""

    def wrong(*inputs: Tensor) -> Tensor:
        y = f(*inputs)
        return y + (factor - 1.0) * (y - y.detach())

    return wrong


def network(x: Any, W: Any, b: Any) -> Tensor:
    """A layer, a kink, a loss: a sum of many terms."""
    return ad.mean(ad.square(ad.maximum(x @ W + b, 0.0) - 0.5))


RNG = np.random.default_rng(3)
NETWORK = (RNG.normal(size=(5, 3)), RNG.normal(size=(3, 4)), RNG.normal(size=4))


# What it must find ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [1.0005, 0.9995, -1.0, 2.0, 0.0])
@pytest.mark.parametrize(
    ("f", "inputs"),
    [
        (lambda x: x * x, np.array([1.0, -2.0, 30.0])),
        (ad.exp, 20.0),
        (ad.tanh, np.array([-8.0, 0.1])),
        (lambda x: ad.sum(ad.log(x)), np.array([1e-3, 5.0])),
        (ad.divide, (np.array([1.0, 2.0]), np.array([[0.5], [-2.0]]))),
        (network, NETWORK),
        (lambda x: 1e-30 * ad.sin(x), 0.3),
        (lambda x: 1e30 * ad.sin(x), 0.3),
        (lambda x: 1e4 + ad.sin(x), 0.3),
    ],
)
def test_a_wrong_factor_is_found(f: Function, inputs: Any, factor: float) -> None:
    """0.05 % is enough, on every scale and below a large constant; the ratio is reported."""
    assert gradcheck(f, inputs)
    for mode in ("reverse", "forward"):
        with pytest.raises(GradcheckError) as caught:
            gradcheck(off_by(factor, f), inputs, modes=(mode,))  # type: ignore[arg-type]
        worst = caught.value.worst
        assert worst.mode == mode
        # What differences resolve, of the 0.05 % that they have to.
        assert worst.ratio == pytest.approx(factor, abs=2e-4)
        assert abs(worst.analytic - worst.numeric) > worst.error_bound


def test_one_wrong_entry_is_found() -> None:
    """And it is the entry that the error names."""

    def f(x: Tensor) -> Tensor:
        y = x * x
        at = (1, 2)
        return y + ad.index_add(1e-3 * (y[at] - y[at].detach()), at, y.shape)

    with pytest.raises(GradcheckError) as caught:
        gradcheck(f, np.arange(1.0, 7.0).reshape(2, 3))
    assert {d.entry.entry for d in caught.value.disagreements} == {(1, 2)}
    assert {d.output.entry for d in caught.value.disagreements} == {(1, 2)}
    assert {d.mode for d in caught.value.disagreements} == {"reverse", "forward"}


@pytest.mark.parametrize(
    ("f", "inputs"),
    [
        (lambda x: x * x.detach(), 2.0),
        (lambda x, y: x + y.detach(), (1.0, 2.0)),
        (lambda x: (x, ad.sin(x).detach() + 0.0 * x), 1.0),
        (lambda x: x.detach() * x.detach() + 0.0 * x, np.array([1.0, 2.0])),
    ],
)
def test_a_missing_derivative_is_found(f: Function, inputs: Any) -> None:
    """A detached part, of one input or in one output among several."""
    with pytest.raises(GradcheckError):
        gradcheck(f, inputs)


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_a_gradient_that_is_nan_is_found(mode: Any) -> None:
    """sqrt(x^2) is smooth on both sides of 0, but 0/0 is no subgradient."""
    with pytest.raises(GradcheckError, match="nan"):
        gradcheck(lambda x: ad.sqrt(x * x) + x, 0.0, modes=(mode,))


def test_an_invented_derivative_is_found() -> None:
    """A function that is flat there has derivative 0 and no other, however far its values are from 0."""
    for x in (-0.5, -1e-3, 0.25):
        with pytest.raises(GradcheckError) as caught:
            gradcheck(lambda x: 5.0 + ad.maximum(x, 0.5) * 0.0 + 1e-6 * (x - x.detach()), x)
        assert caught.value.worst.numeric == 0.0
        assert caught.value.worst.ratio == np.inf


@pytest.mark.parametrize("order", [2, 3])
def test_wrong_higher_orders_are_found(order: int) -> None:
    """A derivative that is right but doesn't have the right derivative itself."""

    def cut(x: Tensor) -> Tensor:
        """x^order with the derivatives below `order` right and that one missing."""
        y = x
        for _ in range(order - 1):
            y = y * x
        # x^k (x - c)^(order) has vanishing derivatives below its order, and here the order-th is cut, too.
        gap = x - x.detach()
        power = gap
        for _ in range(order - 1):
            power = power * gap
        return y - power

    assert gradcheck(cut, 1.5, order=order - 1)
    with pytest.raises(GradcheckError, match=f"order {order}") as caught:
        gradcheck(cut, 1.5, order=order)
    assert caught.value.order == order


# What it must not find --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "inputs"),
    [
        (network, NETWORK),
        (lambda x: (x + 1e8) - 1e8, 0.3),
        (lambda x: ad.sin(1e3 * x), 0.7),
        (lambda x: ad.stack([ad.sin(1e6 * x[0]), 2.0 * x[1]]), np.array([0.7, 1.0])),
        (lambda x: ad.exp(ad.exp(x)), np.array([-3.0, 0.0, 3.0])),
        (lambda x: ad.maximum(x, 0.0) + x, np.array([1e-9, -1e-9, 1e-4, -1e-4, 1.0])),
        (lambda x: ad.max(x) + ad.sum(x), np.array([1.0, 1.0 + 1e-7, 0.0])),
        (lambda x: x.astype(np.float32).astype(np.float64) * 3.0, np.array([1.0, 2.0])),
        (lambda x: ad.sum(x[1:] * x[:-1]), np.arange(5.0)),
        (lambda x: ad.log(x), np.array([1e-8, 1.0, 1e8])),
        (lambda x: x / (1.0 + ad.abs(x)), np.array([1e-6, -3.0])),
        (lambda x: ad.floor(x) + x, np.array([0.5, 1.25])),
        (lambda x, n: x**n, (np.array([0.5, 2.0]), 3)),
        (lambda x, mask: ad.where(mask, x, 0.0) + x, (np.ones(2), np.array([True, False]))),
    ],
)
def test_right_derivatives_pass(f: Function, inputs: Any) -> None:
    """Cancellation, steepness, kinks nearby, low precision inside, integers and masks as arguments."""
    assert gradcheck(f, inputs)


@pytest.mark.parametrize("seed", range(20))
def test_random_networks_pass(seed: int) -> None:
    """A layer with kinks at random places, in second order."""
    rng = np.random.default_rng(seed)
    inputs = (rng.normal(size=(3, 2)), rng.normal(size=(2, 3)), rng.normal(size=3))
    assert gradcheck(network, inputs, order=2)


# Where nothing can be known ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "inputs", "entry", "slopes"),
    [
        (lambda x: ad.maximum(x, 0.0), 0.0, (), (0.0, 1.0)),
        (lambda x: ad.maximum(x, 0.0), np.array([1.0, 0.0]), (1,), (0.0, 1.0)),
        (ad.abs, np.array([0.0]), (0,), (-1.0, 1.0)),
        (ad.max, np.array([1.0, 1.0, 0.0]), (0,), (0.0, 1.0)),
        (lambda x: ad.where(x >= 0, 5.0 * x, x), np.array([1.0, 2.0, 0.0]), (2,), (1.0, 5.0)),
        (lambda x: ad.linalg.vector_norm(x), np.zeros(2), (0,), (-1.0, 1.0)),
    ],
)
def test_a_kink_is_named(f: Function, inputs: Any, entry: tuple[int, ...], slopes: tuple[float, float]) -> None:
    """With the entry and the slopes on both sides, not as a wrong derivative, and it doesn't pass silently."""
    with pytest.raises(GradcheckError, match="kink") as caught:
        gradcheck(f, inputs)
    verdict = caught.value.verdicts[0]
    assert (caught.value.verdict, verdict.verdict, caught.value.disagreements) == ("kink", "kink", [])
    assert verdict.entry is not None
    assert verdict.entry.entry == entry
    assert (verdict.left, verdict.right) == pytest.approx(slopes, abs=1e-9)


def test_a_derivative_outside_the_slopes_is_wrong_at_a_kink() -> None:
    """Between them any will do; and a kink hides nothing at the other entries (1.1 is wrong at both)."""
    with pytest.raises(GradcheckError, match="wrong"):
        gradcheck(lambda x: ad.maximum(x, 0.0) - 3.0 * (x - x.detach()), 0.0)
    with pytest.raises(GradcheckError, match="wrong") as caught:
        gradcheck(lambda x: ad.where(x >= 0, 1.1 * x - 0.1 * x.detach(), 0.0), np.array([0.0, 1.0]))
    assert {d.entry.entry for d in caught.value.disagreements} == {(0,), (1,)}


@pytest.mark.parametrize("distance", [1e-5, 1e-9])
def test_kinks_nearby_are_no_kinks(distance: float) -> None:
    """The steps get smaller than the distance, also where that is small beside the variable."""
    x = np.array([1.0 + distance, 1.0 - distance])
    assert gradcheck(lambda x: ad.maximum(x - 1.0, 0.0), x)
    with pytest.raises(GradcheckError, match="wrong"):
        gradcheck(off_by(1.01, lambda x: ad.maximum(x - 1.0, 0.0)), x)


def tilted(x: Any) -> Any:
    """A branch with a kink."""
    if x > 0:
        return x * x + x
    return -3.0 * x


def torn(x: Any) -> Any:
    """A branch with a jump."""
    if x > 0:
        return x * x + 1.0
    return x


CALLS = [0]


def counting(x: Any) -> Any:
    """Another function at each call."""
    CALLS[0] += 1
    return x * float(CALLS[0])


def overwriting(x: Tensor) -> Tensor:
    """Doubles its argument in place, behind the graph's back."""
    y = x * x
    if x.data.flags.writeable:
        x.data[...] = 2.0 * x.data
    return y


@pytest.mark.parametrize(
    ("f", "x", "reason"),
    [
        (ad.sqrt, 0.0, "isn't finite on both sides"),
        (ad.exp, 1000.0, "isn't finite on both sides"),
        (lambda x: x * x, np.nan, "isn't finite on both sides"),
        (lambda x: ad.where(x > 0, 1.0, 0.0) + x, 0.0, "jumps"),
        (ad.floor, 1.0, "jumps"),
        (torn, 0.0, r"jumps; it branches on the value, at .*test_gradcheck.py:\d+: if x > 0:"),
        (lambda x: x * float(x), 2.0, r"it casts: float\(t\) would cut the gradient.*test_gradcheck.py:\d+"),
        (lambda x: x * np.asarray(x).sum(), 2.0, "it casts: np.asarray"),
        (lambda x: x * np.random.default_rng().normal(), 2.0, "isn't deterministic"),
        (lambda x: x + 1e-8 * np.random.default_rng().normal(), 2.0, "isn't deterministic"),
        (counting, 2.0, "isn't deterministic: two calls at the same point gave"),
        (overwriting, 2.0, "changes its input 0 in place"),
    ],
)
def test_what_cannot_be_checked_says_why(f: Function, x: Any, reason: str) -> None:
    """A check that couldn't check says so, and names no derivative as wrong."""
    with pytest.raises(GradcheckError, match=reason) as caught:
        gradcheck(f, x)
    assert caught.value.verdict == "can't be checked"
    assert caught.value.disagreements == []
    with pytest.raises(ValueError, match="can't be checked"):
        _ = caught.value.worst


def test_a_branch_is_named_at_a_kink_and_no_matter_elsewhere() -> None:
    """With its line."""
    report = gradcheck(tilted, 0.0, raise_exception=False)
    assert report.verdict == "kink"
    assert "it branches on the value" in str(report)
    assert "if x > 0" in str(report)
    assert gradcheck(tilted, 1.0)
    assert gradcheck(tilted, -1e-9)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: 1e15 + ad.sin(ad.abs(x)),
        lambda x: x.astype(np.float16).astype(np.float64) * 3.0,
        # Seven digits behind the point, of eighteen: each value is one of a few steps.
        lambda x: -ad.log(1.0 - 1.0 / (1.0 + ad.exp(-(x + 35.7)))),
    ],
)
def test_noise_is_no_error(f: Function) -> None:
    """Values with too few digits: neither right nor wrong, and it doesn't pass."""
    with pytest.raises(GradcheckError, match="noise floor too high") as caught:
        gradcheck(f, 0.3)
    assert caught.value.disagreements == []


def test_the_modes_check_each_other_where_differences_cannot() -> None:
    """A jump of the value hides the derivative from differences; half of one in one mode alone is seen."""
    spread = ad.op.primitive(
        vjp=lambda xp, g, _y, x: g * xp.sign(x) * 1.01,
        jvp=lambda xp, t, _y, x: t[0] * xp.sign(x),
        samples=[ad.op.sample((2,))],
    )

    def noisy_abs(xp: Any, x: Any, /) -> Any:
        return xp.abs(x)

    try:
        public = spread(noisy_abs)
        report = gradcheck(lambda x: 1e15 + public(x), 0.3, raise_exception=False)
    finally:
        ad.REGISTRY.pop("noisy_abs", None)
    assert report.verdict == "wrong"
    assert report.disagreements[0].oracle == "forward mode"
    assert report.disagreements[0].ratio == pytest.approx(1.01)


# A gradient written by hand ---------------------------------------------------------------------------------


def squares(x: Any) -> Any:
    """Plain NumPy: refuses Tensors."""
    assert isinstance(x, (np.ndarray, np.generic))
    return np.sum(np.square(x))


@pytest.mark.parametrize("x", [2.0, np.array([1.0, -2.0]), np.ones((2, 3)), np.ones(3, np.float32), np.array([1 + 2j])])
def test_a_handwritten_gradient(x: Any) -> None:
    """Right, and 0.01 % off."""
    f = (lambda z: np.sum(np.abs(z) ** 2)) if np.iscomplexobj(x) else squares
    assert gradcheck(f, x, gradient=lambda x: 2 * x)
    with pytest.raises(GradcheckError, match="hand-written gradient") as caught:
        gradcheck(f, x, gradient=lambda x: 2.0002 * x)
    assert caught.value.worst.ratio == pytest.approx(1.0001)
    assert caught.value.worst.mode == "gradient"


def test_a_handwritten_gradient_of_several_inputs() -> None:
    """A tuple, with an integer among the inputs; what is wrong is named."""

    def f(x: Any, n: Any, w: Any) -> Any:
        return np.sum(x @ w) * n

    def df(x: Any, n: Any, w: Any) -> Any:
        ones = np.ones((x.shape[0], w.shape[1]))
        return n * ones @ w.T, n * x.T @ ones

    inputs = (RNG.normal(size=(2, 3)), 3, RNG.normal(size=(3, 4)))
    assert gradcheck(f, inputs, gradient=df)
    assert gradcheck(f, inputs, gradient=lambda *a: (df(*a)[0], None, df(*a)[1]))
    report = gradcheck(f, inputs, gradient=lambda *a: (df(*a)[0], -df(*a)[1]), raise_exception=False)
    assert [(v.input, v.verdict) for v in report.verdicts] == [(0, "right"), (2, "wrong")]


def test_a_handwritten_gradient_may_use_what_the_forward_left() -> None:
    """The function is called right before the gradient, at the same point."""

    class Layer:
        def forward(self, x: Any) -> Any:
            self.y = np.tanh(x)
            return self.y.sum()

        def backward(self, _x: Any) -> Any:
            return 1 - self.y**2

    layer = Layer()
    assert gradcheck(layer.forward, np.array([0.3, -2.0]), gradient=layer.backward)


@pytest.mark.parametrize(
    ("f", "df", "x", "verdict"),
    [
        (lambda x: np.maximum(x, 0.0).sum(), lambda x: (x > 0) * 1.0, np.array([0.0, 1.0]), "kink"),
        (lambda x: np.random.default_rng().normal() * x, lambda x: x, 1.0, "can't be checked"),
        (lambda x: np.multiply(x, 2, out=x).sum(), np.ones_like, np.ones(2), "can't be checked"),
        (lambda x: x.sum(), lambda x: np.multiply(x, 0, out=x) + 1.0, np.ones(2), "can't be checked"),
        (np.sum, lambda x: np.random.default_rng().random(x.shape), np.ones(2), "can't be checked"),
        (lambda x: np.abs(x), lambda x: 0.0 * x, -0.5, "wrong"),
        (lambda x: math.sin(float(x)), lambda x: math.cos(x), 0.3, "right"),
        (lambda x: x * x, lambda x: np.diag(2 * x), np.array([1.0, 2.0]), "right"),
        # A saturated output: 1 - s has one digit left. And a rectifier whose backward forgot the mask.
        (lambda x: -np.log(1 - 1 / (1 + np.exp(-x))), lambda x: 1 / (1 + np.exp(-x)), 36.0, "noise floor too high"),
        (lambda x: np.maximum(x, 0.0).sum(), np.ones_like, np.array([-0.1, 2.0]), "wrong"),
    ],
)
def test_verdicts_on_handwritten_gradients(f: Function, df: Function, x: Any, verdict: str) -> None:
    """The same as for Tensors; a Jacobian where there are several outputs."""
    assert gradcheck(f, x, gradient=df, raise_exception=False).verdict == verdict


# Sensitivity ------------------------------------------------------------------------------------------------


def test_one_entry_of_400_and_a_hundredth_of_a_percent() -> None:
    """Both are wrong in double and in single precision, where the right ones pass."""
    X = RNG.normal(size=(20, 20))

    def f(x: Any) -> Any:
        return ad.sum(ad.tanh(x) * x)

    def one_entry(x: Any) -> Any:
        e = np.zeros((20, 20))
        e[3, 7] = 0.01
        return f(x + e.astype(x.dtype) * (x - x.detach()))

    for dtype in (np.float64, np.float32):
        x = X.astype(dtype)
        assert gradcheck(f, x)
        report = gradcheck(one_entry, x, raise_exception=False)
        assert report.verdict == "wrong"
        assert {d.entry.entry for d in report.disagreements} == {(3, 7)}
        assert gradcheck(off_by(1.0001, f), x, raise_exception=False).verdict == "wrong"


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
@pytest.mark.parametrize(
    ("f", "x"),
    [
        (lambda x: -ad.log(ad.exp(x)[0] / ad.sum(ad.exp(x))), [5.0, 0.0, -5.0]),
        (lambda x: 1.0 / (1.0 - 1.0 / (1.0 + ad.exp(-x))), 6.0),
        (lambda x: (x + 100.0) - 100.0 + x * x, [0.3, 0.2]),
        (lambda x: ad.mean((x - ad.mean(x)) ** 2.0) + 1e3, [100.0, 101.0, 102.0]),
        (lambda x: ad.linalg.vector_norm(x), [1e-3, 2e-3]),
    ],
)
def test_right_code_in_low_precision_is_never_wrong(f: Function, x: Any, dtype: Any) -> None:
    """Cancellation, saturation, division: the digits are lost in the function, too."""
    assert gradcheck(f, np.array(x, dtype), raise_exception=False).verdict != "wrong"


def test_an_overflow_in_low_precision_alone_is_said() -> None:
    """The logistic function of -100 is 0 in single precision, and its naive derivative inf / inf."""
    report = gradcheck(lambda x: 1.0 / (1.0 + ad.exp(-x)), np.float32(-100.0), raise_exception=False)
    assert report.verdict == "can't be checked"
    assert "in float32" in str(report)


# Inputs and outputs -----------------------------------------------------------------------------------------


def test_single_precision_is_checked_against_double() -> None:
    """Right rules pass, wrong ones don't, and the rules do run in single precision."""
    x = np.array([1.0, 2.0, 3.0], np.float32)
    seen = set()

    def f(x: Tensor) -> Tensor:
        seen.add(x.dtype)
        return ad.sin(x) * x

    assert gradcheck(f, x)
    assert seen == {np.dtype(np.float32), np.dtype(np.float64), np.dtype(np.complex128)}  # the complex step
    with pytest.raises(GradcheckError):
        gradcheck(off_by(1.0005, f), x)


def test_an_error_in_single_precision_alone_is_found() -> None:
    """A derivative that is right in double precision and cut in single."""

    def f(x: Tensor) -> Tensor:
        return x * x if x.dtype == np.float64 else x * x.detach()

    with pytest.raises(GradcheckError):
        gradcheck(f, np.array([1.0, 2.0], np.float32))


def test_complex_inputs_are_varied_in_both_directions() -> None:
    """A derivative that is wrong in the imaginary direction alone is found, and named."""

    def f(z: Tensor) -> Tensor:
        return ad.real(z * ad.conj(z)) - 2.0 * ad.real(-1j * (z - z.detach())) * 0.5

    z = np.array([1 + 2j])
    assert gradcheck(lambda z: ad.real(z * ad.conj(z)), z)
    with pytest.raises(GradcheckError, match="imaginary part") as caught:
        gradcheck(f, z)
    assert {d.entry.part for d in caught.value.disagreements} == {"imaginary"}


def test_several_outputs() -> None:
    """A tuple is checked output by output; integer outputs have no derivative."""
    assert gradcheck(lambda x: (x * x, ad.argmax(x), ad.sin(x)), np.array([1.0, 2.0]), order=2)

    def f(x: Tensor) -> tuple[Tensor, Tensor]:
        return x * x, off_by(1.01, ad.sin)(x)

    with pytest.raises(GradcheckError, match="output 1") as caught:
        gradcheck(f, np.array([1.0, 2.0]))
    assert {d.output.array for d in caught.value.disagreements} == {1}


@pytest.mark.parametrize(
    "inputs", [2.0, [1.0, 2.0], np.ones((2, 3)), Tensor([1.0]), (Tensor(1.0, requires_grad=True),)]
)
def test_forms_of_inputs(inputs: Any) -> None:
    """Numbers, lists, arrays and Tensors; a leaf's own gradient is left alone."""
    assert gradcheck(lambda x: x * x, inputs)
    if isinstance(inputs, tuple):
        assert inputs[0].grad is None


def test_empty_inputs_have_nothing_wrong() -> None:
    """Arrays without entries pass."""
    assert gradcheck(lambda x: x * 2.0, np.zeros((0, 3)), order=2)
    assert gradcheck(lambda x: ad.sum(x), np.zeros(0))


def test_inputs_are_untouched() -> None:
    """The arrays are copied before anything is varied."""
    x = np.array([1.0, 2.0])
    x.flags.writeable = False
    assert gradcheck(ad.exp, x)
    assert x.tolist() == [1.0, 2.0]


def test_no_hidden_randomness() -> None:
    """NumPy's global generator is neither read nor moved on, and the answer is the same each time."""
    before = np.random.get_state()[1].tolist()  # type: ignore[index, union-attr]  # noqa: NPY002
    reports = []
    for _ in range(2):
        with pytest.raises(GradcheckError) as caught:
            gradcheck(off_by(1.01, network), NETWORK, order=2)
        reports.append(str(caught.value))
    assert reports[0] == reports[1]
    assert np.random.get_state()[1].tolist() == before  # type: ignore[index, union-attr]  # noqa: NPY002


# What it says -----------------------------------------------------------------------------------------------


def test_the_error_says_where_and_how_much() -> None:
    """Input, shape, entry, output, mode, both numbers, their ratio, and that this is the same everywhere."""
    with pytest.raises(GradcheckError) as caught:
        gradcheck(
            lambda x, y: off_by(1.25, lambda x, y: x * ad.sum(y))(x, y),
            (2.0, np.ones((1, 2))),
            modes=("reverse",),
        )
    message = str(caught.value)
    assert "3 of 3 derivatives are wrong" in message
    assert "the ratio is the same for all" in message
    for part in ("reverse mode", "output 0", "ratio 1.25", "input", "entry", "shape"):
        assert part in message
    worst = caught.value.worst
    assert worst.analytic == pytest.approx(1.25 * worst.numeric, rel=1e-9)
    by_y = next(d for d in caught.value.disagreements if d.input == 1)
    assert (by_y.shape, by_y.entry.entry, by_y.output.entry) == ((1, 2), (0, 0), ())
    assert "input 1 (shape (1, 2)), entry (0, 0), reverse mode" in str(by_y)
    assert f"is {by_y.analytic:.12g}" in str(by_y)
    assert f"the complex step gives {by_y.numeric:.12g}" in str(by_y)


def test_the_worst_is_first() -> None:
    """Measured by the bounds."""

    def f(x: Tensor) -> Tensor:
        return x + np.array([0.0, 1e-3, 5.0, 1e-2]) * (x - x.detach())

    with pytest.raises(GradcheckError) as caught:
        gradcheck(f, np.ones(4), modes=("forward",))
    assert [d.entry.entry for d in caught.value.disagreements] == [(2,), (3,), (1,)]


def test_without_an_exception() -> None:
    """`raise_exception=False` answers with the report, which is true or false."""
    right = gradcheck(ad.sin, 1.0, raise_exception=False)
    wrong = gradcheck(off_by(1.0005, ad.sin), 1.0, raise_exception=False)
    assert right == True  # noqa: E712
    assert wrong == False  # noqa: E712
    assert (right.ok, repr(right), right.verdict) == (True, "True", "right")
    assert (wrong.ok, repr(wrong), wrong.verdict) == (False, "False", "wrong")
    assert "Largest relative error" in str(right)
    assert not gradcheck(ad.abs, 0.0, raise_exception=False)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: gradcheck(ad.sin, 1.0, modes=("backward",)), ValueError, "backward"),
        (lambda: gradcheck(ad.sin, 1.0, modes=()), ValueError, "modes"),
        (lambda: gradcheck(ad.sin, 1.0, order=0), ValueError, "order"),
        (lambda: gradcheck(np.sin, 1.0, order=2, gradient=np.cos), ValueError, "order 1 only"),
        (lambda: gradcheck(np.sum, np.ones(2), gradient=lambda x: x[:1]), ValueError, r"shape \(1,\), but the input"),
        (lambda: gradcheck(np.sum, np.ones(2), gradient=lambda x: (x, x)), ValueError, "returned 2 arrays"),
        (lambda: gradcheck(ad.sin, 1), TypeError, "int64"),
        (lambda: gradcheck(ad.argmax, [1.0, 2.0]), TypeError, "returns nothing floating"),
    ],
)
def test_bad_calls(call: Function, error: type[Exception], message: str) -> None:
    """The error says what is wrong with the call."""
    with pytest.raises(error, match=message):
        call()
