"""What is recorded: its source, what the passes make of it, `scan`, transforms, and the report's tasks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autodiff as ad
import nn
from autodiff import Tensor
from autodiff.compiler import RecordingError
from nn import functional as F
from nn import optim
from tasks import data
from tests.autodiff.cases import bits


def report_step(hidden: int = 10, optimizer: Callable[..., Any] = optim.SGD) -> tuple[Any, Any]:
    """The report's network and a training step."""
    net = nn.ThreeLayerNet(2, hidden, 1, rng=np.random.RandomState(0))
    update = optimizer(net.parameters(), lr=0.1)

    def step(x: Any, y: Any) -> Any:
        loss = 0.5 * F.binary_cross_entropy(net(x), y)
        update.zero_grad()
        loss.backward()
        update.step()
        return loss

    return net, step


# Source --------------------------------------------------------------------------------------------------------------


def test_source_is_backpropagation() -> None:
    """The report's step prints as the textbook's formulas, in the user's names, with the user's lines."""
    _, step = report_step()
    compiled = ad.compile(step)
    compiled(Tensor([0.1, 0.2]), Tensor([1.0]))
    source = compiled.source
    assert source.startswith("def step(x, y):\n")
    for line in (
        "a1 = np.maximum(W1 @ x + b1, 0.0)",
        "dW2 = np.outer(db2, a1)",
        "W1 = W1 - lr * dW1",
        "b3 = b3 - lr * db3",
        "# three_layer.py:69: a1 = first(linear(x, self.W1, self.b1))",
        "return loss",
    ):
        assert line in source
    assert re.search(r"# test_program.py:\d+: loss = 0.5 \* F.binary_cross_entropy\(net\(x\), y\)", source)


def test_source_runs() -> None:
    """What is printed is NumPy: it can be executed, and computes the gradients."""
    net, step = report_step()
    compiled = ad.compile(step)
    before = net.state_dict()
    x, y = np.array([0.1, 0.2]), np.array([1.0])
    loss = compiled(Tensor(x), Tensor(y))
    xp = ad._namespaces.NUMPY
    names: dict[str, Any] = {"np": np, "lr": np.array(0.1), **before}
    extensions = ("sigmoid", "sigmoid_derivative", "bernoulli_loss", "bernoulli_slope")
    names.update({name: getattr(xp, name) for name in extensions})
    body = [line.strip() for line in compiled.source.splitlines()[1:] if not line.strip().startswith("#")]
    names.update(x=x, y=y)
    exec("\n".join(line for line in body if not line.startswith("return")), names)
    assert names["loss"] == loss.item()
    for name, value in net.state_dict().items():
        np.testing.assert_array_equal(names[name], value)


def test_source_before_a_call() -> None:
    """There is none before the first call, since it depends on shapes."""
    with pytest.raises(RuntimeError, match="call it once"):
        _ = ad.compile(lambda x: x).source


# Passes --------------------------------------------------------------------------------------------------------------


def test_common_and_dead_parts() -> None:
    """What is computed twice is computed once, what nobody needs is not, and a factor of 1 is dropped."""

    def f(x: Any) -> Any:
        _ = ad.sin(x)
        return ad.exp(x) * 3.0 + ad.exp(x) * 1.0

    compiled = ad.compile(f)
    x = Tensor([1.0, 2.0])
    assert bits(compiled(x)) == bits(f(x))
    names = [equation.name for equation in compiled._replays[0].recording.program.equations]
    assert sorted(names) == ["add", "exp", "multiply"]


def test_checks_are_kept() -> None:
    """A check is carried out although nobody needs what it returns."""

    def f(x: Any) -> Any:
        ad.linalg.inv(x)
        return x * 2.0

    compiled = ad.compile(f)
    for function in (f, compiled, compiled):
        assert bits(function(Tensor(np.eye(2)))) == bits(Tensor(2.0 * np.eye(2)))
        with pytest.raises(ValueError, match="Singular"):
            function(Tensor(np.zeros((2, 2))))


# Scan ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [optim.SGD, optim.Adam])
def test_scan_is_the_steps(kind: Any) -> None:
    """An epoch by `scan` leaves the same bits as its steps, parameters, gradients, losses and all."""
    net, step = report_step(optimizer=kind)
    other, other_step = report_step(optimizer=kind)
    fast = ad.compile(other_step)
    xs, ys = data.xor_points()
    for _ in range(3):
        losses = fast.scan(Tensor(xs), Tensor(ys))
        assert losses.tolist() == [step(Tensor(x), Tensor(y)).item() for x, y in zip(xs, ys, strict=True)]
        for p, q in zip(net.parameters(), other.parameters(), strict=True):
            assert bits(p.data) == bits(q.data)
            assert bits(p.grad) == bits(q.grad)


def test_scan_shapes_of_rows() -> None:
    """Rows of shape (), of matrices, in other layouts, raw arrays; results in containers."""

    def f(x: Any, y: Any) -> Any:
        return {"sum": (x * y).sum(), "x": x, "both": [x + y, y]}

    compiled = ad.compile(f)
    rng = np.random.default_rng(0)
    for shape in ((5,), (5, 3), (5, 2, 3), (1, 3)):
        x, y = rng.normal(size=shape), np.asfortranarray(rng.normal(size=shape))
        for wrapped in (True, False):
            got = compiled.scan(*(Tensor(a) if wrapped else a for a in (x, y)))
            assert isinstance(got["sum"], Tensor if wrapped else np.ndarray)
            rows = [f(Tensor(a), Tensor(b)) for a, b in zip(x, y, strict=True)]
            assert bits(np.asarray(got["sum"])) == bits(np.stack([row["sum"].numpy() for row in rows]))
            assert bits(np.asarray(got["x"])) == bits(x)
            assert bits(np.asarray(got["both"][0])) == bits(np.stack([row["both"][0].numpy() for row in rows]))


def test_scan_with_state_between_the_rows() -> None:
    """A running mean, gradients that accumulate, a generator's draws."""
    mean, w = Tensor([0.0, 0.0]), Tensor([1.0, 2.0], requires_grad=True)

    def f(x: Any) -> Any:
        mean.data = 0.9 * mean.data + 0.1 * x
        (w * x).sum().backward()
        return mean * 1.0

    xs = np.random.default_rng(0).normal(size=(6, 2))
    expected = [f(x).tolist() for x in xs]
    state, gradient = mean.tolist(), w.grad.tolist()  # type: ignore[union-attr]
    mean.data, w.grad = np.zeros(2), None
    compiled = ad.compile(f)
    assert compiled.scan(xs).tolist() == expected
    assert mean.tolist() == state
    assert w.grad.tolist() == gradient  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ((np.zeros((3, 2)), np.zeros((4, 2))), ValueError),
        ((np.zeros((0, 2)), np.zeros((0, 2))), ValueError),
        ((np.zeros((3, 2)), 5.0), TypeError),
        ((Tensor(np.zeros((3, 2)), requires_grad=True), np.zeros((3, 2))), TypeError),
    ],
)
def test_scan_refuses(args: Any, error: type[Exception]) -> None:
    """Unequal or no rows, what has no rows, and what requires a gradient."""
    with pytest.raises(error, match="scan of"):
        ad.compile(lambda x, y: x + y).scan(*args)


# Transforms ----------------------------------------------------------------------------------------------------------


def _function(x: Any) -> Any:
    return (ad.tanh(x * x) * ad.exp(-x)).sum()


@pytest.mark.parametrize(
    "transformed",
    [
        ad.grad(_function),
        ad.value_and_grad(_function),
        ad.hessian(_function),
        ad.jacobian(lambda x: x * ad.sin(x)),
        lambda x: ad.hvp(_function, x, np.array([1.0, -1.0, 2.0])),
        lambda x: ad.jvp(_function, (x,), (np.array([1.0, -1.0, 2.0]),)),
        lambda x: ad.vjp(lambda y: y * ad.sin(y), x)[1](np.array([1.0, -1.0, 2.0])),
        ad.grad(lambda x: (ad.grad(_function)(x) ** 2.0).sum()),
    ],
)
def test_transforms_compile(transformed: Any) -> None:
    """`grad` and the others, compiled from outside."""
    compiled = ad.compile(transformed)
    for k in (1.0, 0.5, -2.0):
        x = np.array([0.1, 0.2, 0.3]) * k
        got, expected = compiled(x), transformed(x)
        if not isinstance(got, tuple):
            got, expected = (got,), (expected,)
        assert [bits(y) for y in got] == [bits(y) for y in expected]
    assert compiled.recordings == 1


def test_create_graph_inside() -> None:
    """A gradient penalty: backward through a gradient, in one compiled step."""

    def make() -> Any:
        w = Tensor([0.5, -0.5, 1.0], requires_grad=True)
        optimizer = optim.SGD([w], lr=0.1)

        def step(x: Any) -> Any:
            optimizer.zero_grad()
            ad.tanh(w * x).sum().backward(create_graph=True)
            penalty = (w.grad * w.grad).sum()
            optimizer.zero_grad()
            penalty.backward()
            optimizer.step()
            return penalty

        return w, step

    (w, step), (v, other) = make(), make()
    compiled = ad.compile(other)
    for k in (1.0, 2.0, 3.0):
        x = Tensor([k, 2.0 * k, -k])
        assert bits(compiled(x)) == bits(step(x))
        assert bits(v.data) == bits(w.data)


# The report's tasks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("points", "hidden", "lr"), [(data.xor_points, 100, 0.01), (data.linear_points, 10, 0.01)])
def test_tasks_to_the_bit(points: Any, hidden: int, lr: float) -> None:
    """Twenty epochs of both tasks: every loss, every parameter."""

    def train(compiled: bool) -> Any:
        net = nn.ThreeLayerNet(2, hidden, 1, rng=np.random.RandomState(0))
        optimizer = optim.SGD(net.parameters(), lr=lr)

        def step(x: Any, y: Any) -> Any:
            loss = 0.5 * F.binary_cross_entropy(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            return loss

        run = ad.compile(step) if compiled else step
        xs, ys = points()
        samples = [(Tensor(x), Tensor(y)) for x, y in zip(xs, ys, strict=True)]
        losses = [run(x, y).item() for _ in range(20) for x, y in samples]
        return losses, [bits(value) for value in net.state_dict().values()]

    assert train(True) == train(False)


def test_recording_error_is_public() -> None:
    """The error can be caught by name."""
    assert issubclass(RecordingError, RuntimeError)
