"""detect_anomaly: the right operation, line and entry, and nothing where nothing is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
from autodiff import AnomalyError, Tensor, detect_anomaly
from autodiff.op import recording

# Each of these has a comment "here" at the line that has to be named. ---------------------------------------------


def leaf(*values: float, name: str | None = None) -> Tensor:
    """A parameter."""
    return Tensor(values, requires_grad=True, name=name)


def calls(f: Callable[..., Any], *args: Any) -> None:
    """A call whose result nobody needs."""
    f(*args)


def sqrt_of_negative() -> None:
    """A nan."""
    x = leaf(4.0, -1.0)
    y = x * 2.0
    ad.sqrt(y)  # here


def log_of_zero() -> None:
    """An infinity."""
    p = leaf(0.5, 0.0)
    loss = -ad.log(p)  # here
    loss.sum().backward()


def exp_of_1000() -> None:
    """An overflow."""
    ad.exp(leaf(1.0, 1000.0))  # here


def zero_by_zero() -> None:
    """A quotient."""
    a = leaf(1.0, 0.0)
    b = np.array([2.0, 0.0])
    _ = a / b  # here


def softmax_by_hand() -> None:
    """Without the maximum taken off."""
    z = Tensor([[1.0, 2.0], [3.0, 1000.0]], requires_grad=True)
    e = ad.exp(z)  # here
    _ = e / e.sum(axis=1, keepdims=True)


def norm_at_zero() -> None:
    """Finite forward, infinite backward."""
    w = leaf(0.0, 0.0)
    norm = ad.sqrt((w * w).sum())  # here
    norm.backward()


def zero_to_minus_one() -> None:
    """A power."""
    _ = leaf(2.0, 0.0) ** -1.0  # here


def saturated_loss() -> None:
    """The report's own loss, at an output that is exactly 1."""
    y = np.array([1.0, 0.0])
    a3 = 1 / (1 + ad.exp(-leaf(0.3, 40.0)))
    first = y * ad.log(a3)
    second = (1 - y) * ad.log(1 - a3)  # here
    _ = -(first + second).sum()


def large_learning_rate() -> None:
    """A training loop that explodes."""
    w = leaf(1.0, 1.0, 1.0, name="w")
    X = np.arange(9.0).reshape(3, 3)
    for _ in range(1000):
        residual = X @ w - 1.0
        loss = ad.sum(residual * residual)  # here
        w.grad = None
        loss.backward()
        assert w.grad is not None
        with ad.no_grad():
            w -= 10.0 * w.grad


def unchosen_branch() -> None:
    """The double where."""
    x = leaf(4.0, 0.0)
    root = ad.sqrt(x)  # here
    y = ad.where(x.detach() > 0, root, 0.0)
    y.sum().backward()


def infinity_minus_infinity() -> None:
    """Both infinite from the start."""
    x = leaf(1.0, np.inf)
    _ = x - x  # here


def zero_times_infinity() -> None:
    """One of them is infinite from the start."""
    _ = leaf(0.0, 1.0) * np.array([np.inf, 1.0])  # here


def in_place() -> None:
    """An operator that assigns."""
    x = Tensor([1.0, 2.0])
    x /= np.array([1.0, 0.0])  # here


def numpy_function() -> None:
    """NumPy's own name."""
    np.log(leaf(1.0, 0.0))  # here


def through_grad() -> None:
    """A transform."""
    ad.grad(lambda x: ad.sqrt(x).sum())(np.array([1.0, 0.0]))  # here


def through_jvp() -> None:
    """Forward mode."""
    ad.jvp(lambda x: ad.sqrt(x), (np.array([1.0, 0.0]),), (np.ones(2),))  # here


def create_graph() -> None:
    """A sweep that is recorded."""
    x = leaf(1.0, 0.0)
    y = ad.sqrt(x)  # here
    y.sum().backward(create_graph=True)


# Function, kind, phase, operation, entry, hint.
CASES: list[tuple[Callable[[], None], str, str, str, tuple[int, ...], str]] = [
    (sqrt_of_negative, "nan", "forward", "sqrt", (1,), "sqrt of a negative number"),
    (log_of_zero, "inf", "forward", "log", (1,), "log of 0"),
    (exp_of_1000, "inf", "forward", "exp", (1,), "overflows"),
    (zero_by_zero, "nan", "forward", "divide", (1,), "0 / 0"),
    (softmax_by_hand, "inf", "forward", "exp", (1, 1), "take the maximum off"),
    (norm_at_zero, "inf", "backward", "sqrt", (), "norm at the zero vector"),
    (zero_to_minus_one, "inf", "forward", "pow", (1,), "0 to a negative power"),
    (saturated_loss, "inf", "forward", "log", (1,), "log of 0"),
    (large_learning_rate, "inf", "forward", "multiply", (0,), "learning rate"),
    (unchosen_branch, "nan", "backward", "sqrt", (1,), "second where"),
    (infinity_minus_infinity, "nan", "forward", "subtract", (1,), "infinity - infinity"),
    (zero_times_infinity, "nan", "forward", "multiply", (0,), "0 * infinity"),
    (in_place, "inf", "forward", "divide", (1,), "division by 0"),
    (numpy_function, "inf", "forward", "log", (1,), "log of 0"),
    (through_grad, "inf", "backward", "sqrt", (1,), "infinite at 0"),
    (through_jvp, "inf", "tangent", "sqrt", (1,), "infinite at 0"),
    (create_graph, "inf", "backward", "sqrt", (1,), "infinite at 0"),
]


def caught(f: Callable[[], None], **options: Any) -> AnomalyError:
    """The error that a function raises in the mode."""
    with pytest.raises(AnomalyError) as info, detect_anomaly(**options):
        f()
    return info.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].__name__)
def test_line_entry_and_cause(case: tuple[Callable[[], None], str, str, str, tuple[int, ...], str]) -> None:
    """Each is found where it is born, and explained."""
    f, kind, phase, operation, entry, hint = case
    error = caught(f, inf=kind == "inf")
    assert (error.kind, error.phase, error.operation, error.entry) == (kind, phase, operation, entry)
    assert error.source.endswith("# here")
    assert error.filename == __file__
    assert f"{error.filename}:{error.lineno}" in str(error)
    assert hint in error.hint
    assert np.isnan(error.value) if kind == "nan" else np.isinf(error.value)


def test_operands_are_named_with_their_values() -> None:
    """Names from the source, ranges, and what stands at the bad entry."""
    error = caught(zero_by_zero)
    a, b = error.operands
    assert (a.name, a.shape, a.dtype, a.low, a.high, a.at_entry) == ("a", (2,), "float64", 0.0, 1.0, 0.0)
    assert (b.name, b.low, b.high, b.at_entry) == ("b", 0.0, 2.0, 0.0)
    assert error.born
    assert caught(saturated_loss).operands[0].name == "1 - a3"
    # What the rule of sqrt doesn't read is known all the same.
    assert caught(unchosen_branch).operands[0].at_entry == 0.0


def test_a_tensors_own_name_comes_first() -> None:
    """Tensor(..., name=...)."""

    def f() -> None:
        x = leaf(0.0, name="probability")
        ad.log(x)

    assert caught(f).operands[0].name == "probability"


def test_what_is_inherited_from_the_data() -> None:
    """A nan in the data is nobody's fault but theirs, and the first operation that meets it says so."""
    X = np.array([[1.0, 2.0], [np.nan, 3.0]])
    W = Tensor(np.ones((2, 2)), requires_grad=True, name="W")
    error = caught(lambda: calls(np.matmul, X, W))
    assert not error.born
    assert "it is in the data" in error.inherited_from
    assert error.operands[0].first_bad == (1, 0)
    assert error.hint == ""


def test_what_is_inherited_from_a_parameter() -> None:
    """An update that made it nan is named as such."""
    W = Tensor(np.full(2, np.nan), requires_grad=True, name="W")
    error = caught(lambda: calls(np.multiply, W, 2.0))
    assert "W has it already" in error.inherited_from
    assert "learning rate" in error.inherited_from


def test_the_way_to_the_loss() -> None:
    """From the culprit on, with the lines."""
    error = caught(unchosen_branch)
    assert [name for name, _ in error.way] == ["sqrt", "where", "sum"]
    assert all(place.startswith(__file__) for _, place in error.way)
    first = unchosen_branch.__code__.co_firstlineno
    assert f"`where` at {__file__}:{first + 4}" in error.hint


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda x, i: ad.log(x), ["x"]),
        (lambda x, i: 1.0 / x, ["1.0", "x"]),
        (lambda x, i: np.divide(1.0, x), ["1.0", "x"]),
        (lambda x, i: x.__rtruediv__(2.0), ["x", "2.0"]),
        (lambda x, i: ad.log(x[i]), ["x[i]"]),
        (lambda x, i: ad.log(x.reshape((2, 1))), ["x.reshape((2, 1))"]),
        (lambda x, i: ad.mean(x / x), ["x", "x"]),
    ],
)
def test_operands_names_are_those_of_the_source(call: Callable[..., Any], names: list[str]) -> None:
    """Functions, methods, operators, indices."""
    error = caught(lambda: calls(call, leaf(1.0, 0.0), np.array([1, 0])))
    assert sorted(operand.name for operand in error.operands) == sorted(names)


def test_inside_the_librarys_own_functions_nothing_is_named_wrongly() -> None:
    """The line is the user's; what the function takes the logarithm of has no name of his."""

    def f() -> None:
        x = leaf(0.0, 1.0)
        ad.special.boxcox(x, 0.5).sum().backward()  # here

    error = caught(f)
    assert error.source.endswith("# here")
    assert (error.operation, error.operands[0].name) == ("log", "")


def test_outside_the_mode_the_unchosen_branch_is_zero() -> None:
    """What was an error inside is a finite gradient outside, and inside where nobody looks for a nan."""
    x = leaf(0.0, 4.0)
    ad.where(x > 0.0, ad.sqrt(x), 0.0).sum().backward()
    with detect_anomaly(nan=False):
        ad.where(x > 0.0, ad.sqrt(x), 0.0).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [0.0, 0.5]


def test_a_recorded_sweep_has_a_line() -> None:
    """Second derivatives: the operations of the first sweep belong to the line that asked for it."""

    def f() -> None:
        ad.hessian(lambda x: (x**1.5).sum())(np.array([0.0, 1.0]))  # here

    error = caught(f)
    assert error.phase in ("backward", "tangent")
    assert error.source.endswith("# here")


# What is looked for ------------------------------------------------------------------------------------------------


def test_kinds_are_chosen() -> None:
    """An infinity that is meant (a mask) passes with inf=False; huge is off by default."""
    with detect_anomaly(inf=False):
        assert np.isinf(ad.log(leaf(0.0)).item())
    with detect_anomaly(nan=False, inf=False):
        sqrt_of_negative()
    with detect_anomaly():
        ad.exp(leaf(50.0))
    error = caught(lambda: calls(ad.exp, leaf(50.0)), huge=1e6)
    assert (error.kind, error.operation) == ("huge", "exp")
    assert not error.inherited_from


def test_huge_gradients() -> None:
    """A derivative that is finite, and far too large."""

    def f() -> None:
        x = leaf(1e-12)
        ad.log(x).backward()

    error = caught(f, huge=1e6)
    assert (error.kind, error.phase, error.operation) == ("huge", "backward", "log")


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.complex128])
def test_large_finite_numbers_are_no_anomaly(dtype: Any) -> None:
    """Not even where their squares overflow."""
    with detect_anomaly():
        x = Tensor(np.array([1e30, -1e30], dtype) * (1e150 if dtype == np.float64 else 1.0), requires_grad=True)
        ad.real(x * 2.0).sum().backward()
    assert x.grad is not None


def test_a_masked_gradient_is_no_anomaly() -> None:
    """What doesn't arrive anywhere doesn't matter; integers and empty arrays have nothing to find."""
    with detect_anomaly():
        x = leaf(1.0, 2.0)
        (x[:0].sum() + x.sum() + ad.argmax(x)).backward()
        ad.sum(Tensor([1, 2]))


def test_several_outputs_and_views() -> None:
    """Operations with several outputs, and views, are watched, too."""
    with detect_anomaly():
        q, r = ad.linalg.qr(Tensor(np.eye(3) + 0.1, requires_grad=True))
        (q.sum() + r.T.sum()).backward()
        with pytest.raises(AnomalyError):
            ad.linalg.qr(Tensor(np.full((2, 2), np.nan), requires_grad=True))


# Arrays that change --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [2, 2000])
@pytest.mark.parametrize("what", ["data", "parameter", "view", "order"])
def test_an_array_changed_between_forward_and_backward(size: int, what: str) -> None:
    """It is named, with the line that had read it; for large arrays too, and where only the order changes."""
    X = np.arange(1.0, size + 1)
    W = Tensor(np.ones(size), requires_grad=True, name="W")

    def f() -> None:
        if what == "view":
            loss = ad.sum(W[: size // 2] * W[size // 2 :])  # here
        elif what == "parameter":
            loss = ad.sum(W * W)  # here
        else:
            loss = ad.sum(W * X)  # here
        if what == "data":
            X[0] = 5.0
        elif what == "order":
            X[:] = X[::-1].copy()
        else:
            W.data[-1] = 5.0
        loss.backward()

    error = caught(f)
    assert error.kind == "changed"
    assert error.source.endswith("# here")
    assert ("W" if what == "parameter" else "X" if what != "view" else "W[size // 2:]") in str(error)
    assert W.grad is None


def test_what_the_engine_finds_itself() -> None:
    """A change that is counted as one has the engine's own error; one that no rule minds has none."""
    W = leaf(1.0, 2.0)
    with detect_anomaly():
        loss = (W * W).sum()
        with ad.no_grad():
            W -= 0.5
        with pytest.raises(ad.GradientError, match="changed in place"):
            loss.backward()
    X = np.ones(2)
    with detect_anomaly():
        loss = (W + X).sum()
        X[0] = 2.0
        loss.backward()


# The mode itself -----------------------------------------------------------------------------------------------------


def test_off_leaves_no_trace() -> None:
    """Every function is what it was, also after an error inside; so it costs nothing."""
    before = {name: value for name, value in vars(recording).items() if name.startswith("apply")}
    caught(sqrt_of_negative)
    with detect_anomaly():
        assert vars(recording)["apply"] is not before["apply"]
    assert {name: value for name, value in vars(recording).items() if name.startswith("apply")} == before
    with np.errstate(all="ignore"):
        sqrt_of_negative()
        unchosen_branch()


def test_nesting() -> None:
    """The innermost decides, and the outer one goes on."""
    with detect_anomaly():
        with detect_anomaly(inf=False):
            ad.log(leaf(0.0))
        with pytest.raises(AnomalyError):
            ad.log(leaf(0.0))
        y = ad.sqrt(leaf(0.0))
        with detect_anomaly(), pytest.raises(AnomalyError) as info:
            y.backward()
        assert info.value.lineno is not None


def test_before_the_block() -> None:
    """What was computed before it has no line, which is said."""
    y = ad.sqrt(leaf(0.0))
    with detect_anomaly(), pytest.raises(AnomalyError, match="before detect_anomaly began") as info:
        y.backward()
    assert (info.value.filename, info.value.lineno, info.value.source) == (None, None, "")


def test_threads_are_apart() -> None:
    """Another thread computes its infinities undisturbed."""
    inside, done = threading.Event(), threading.Event()
    found: list[Any] = []

    def other() -> None:
        inside.wait(10)
        try:
            with np.errstate(all="ignore"):
                found.append(ad.log(leaf(0.0)).item())
        except AnomalyError as error:
            found.append(error)
        done.set()

    thread = threading.Thread(target=other)
    thread.start()
    with detect_anomaly():
        inside.set()
        assert done.wait(10)
    thread.join()
    assert found == [-np.inf]
    assert "Thread" not in str(found)


def test_as_a_decorator() -> None:
    """It is a context manager of contextlib's."""

    @detect_anomaly()
    def f() -> None:
        ad.log(leaf(0.0))

    with pytest.raises(AnomalyError):
        f()
