"""The known traps of record and replay, a test for each: what eager does, or an error; never a stale result."""

from __future__ import annotations

import gc
import threading
import tracemalloc
import weakref
from typing import Any

import numpy as np
import pytest

import autodiff as ad
import nn
from autodiff import GradientError, Tensor
from autodiff.compiler import CompileWarning, RecordingError
from nn import functional as F
from nn import optim
from tests.autodiff.cases import bits

X = np.array([1.0, 2.0, 3.0])


def weights(*values: float) -> Tensor:
    """A leaf."""
    return Tensor(list(values), requires_grad=True, name="w")


# What asks for a value -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("bool", lambda t: t if (t.sum() > 0) else -t),
        ("float", lambda t: t * float(t.sum().detach())),
        ("int", lambda t: t * int(t.sum().detach())),
        ("item", lambda t: t * t.sum().item()),
        ("tolist", lambda t: t.tolist()),
        ("asarray", lambda t: np.asarray(t)),
        ("asarray", lambda t: t.numpy()),
        ("printing", lambda t: print(t)),
        ("printing", lambda t: f"{t}"),
        ("index", lambda t: [1, 2, 3][t.sum().astype(int)]),
        ("in", lambda t: t if 1.0 in t else -t),
    ],
)
def test_asking_for_a_value(name: str, ask: Any) -> None:
    """A decision that depends on a value is an error that names the line and the way out."""
    with pytest.raises(RecordingError, match=r"test_traps.py.*line \d+") as error:
        ad.compile(ask)(Tensor(X))
    assert name in str(error.value)
    assert "outside" in str(error.value) or "where" in str(error.value)


def test_writing_into_an_argument() -> None:
    """Writing into a recorded array is an error."""

    def f(x: Any) -> Any:
        x[0] = 5.0
        return x * 2.0

    with pytest.raises(RecordingError, match="in place"):
        ad.compile(f)(X.copy())

    def g(x: Any) -> Any:
        x += 1.0
        return x

    with pytest.raises(RecordingError, match="in-place add"):
        ad.compile(g)(X.copy())


def written_row(x: Any) -> Any:
    """A write through a view of a row."""
    z = x * 2.0
    y = z[0]
    y += 5.0
    return z.sum()


def written_reshaped(x: Any) -> Any:
    """A write through another shape, and a transposed array."""
    z = (x * 2.0).T
    y = z[:, 0]
    y *= 3.0
    return (z * np.array([[1.0, 2.0], [3.0, 4.0]])).sum()


def overwritten_below(x: Any) -> Any:
    """A view of what is overwritten afterwards."""
    z = x * 2.0
    y = z[0]
    z[0] = 7.0
    return y.sum() + z.sum()


@pytest.mark.parametrize("f", [written_row, written_reshaped, overwritten_below])
def test_views_share_what_is_written(f: Any) -> None:
    """In a replay as eagerly: value and gradient."""
    matrix = Tensor(np.arange(4.0).reshape(2, 2))
    value, gradient = ad.value_and_grad(f)(matrix)
    compiled = ad.compile(ad.value_and_grad(f))
    for _ in range(3):
        again, slope = compiled(matrix)
        assert again.item() == value.item()
        assert slope.tolist() == gradient.tolist()


def test_writing_through_a_view_of_an_argument() -> None:
    """The argument has changed after a replay, as after an eager call."""

    def f(x: Any) -> Any:
        row = x[0]
        row += 1.0
        return x * 2.0

    compiled = ad.compile(f)
    eager, replayed = Tensor(np.zeros((2, 2))), Tensor(np.zeros((2, 2)))
    for _ in range(3):
        assert f(eager).tolist() == compiled(replayed).tolist()
        assert eager.tolist() == replayed.tolist()


def test_writing_into_an_array_from_outside() -> None:
    """A NumPy array of the user's can't take up recorded values."""
    buffer = np.zeros(3)

    def f(x: Any) -> Any:
        buffer[0] = x.sum()
        return x

    with pytest.raises((RecordingError, TypeError, ValueError)):
        ad.compile(f)(X)
    assert not buffer.any()


def test_in_place_on_a_tensor_argument_is_seen_by_the_caller() -> None:
    """`x += 1` moves the caller's handle on to the new value, at each call."""

    def f(x: Tensor) -> Tensor:
        x += 1.0
        return x * 2.0

    compiled = ad.compile(f)
    for _ in range(3):
        a, b = Tensor(X), Tensor(X)
        assert bits(compiled(a)) == bits(f(b))
        assert bits(a) == bits(b)


# Python's side effects -----------------------------------------------------------------------------------------------


def test_python_counter() -> None:
    """A counter that the function advances would stand still."""
    count = 0

    def f(x: Tensor) -> Tensor:
        nonlocal count
        count += 1
        return x * float(count)

    with pytest.raises(RecordingError, match="count"):
        ad.compile(f)(Tensor(X))


def test_attribute_counter() -> None:
    """The same as an attribute."""

    class Model:
        def __init__(self) -> None:
            self.calls = 0

        def __call__(self, x: Tensor) -> Tensor:
            self.calls += 1
            return x * 2.0

    with pytest.raises(RecordingError, match="calls"):
        ad.compile(Model())(Tensor(X))


def test_appending_to_a_list() -> None:
    """A list that grows would stop growing."""
    losses: list[Tensor] = []

    def f(x: Tensor) -> Tensor:
        losses.append(x.sum())
        return x

    with pytest.raises(RecordingError, match="losses"):
        ad.compile(f)(Tensor(X))


def test_new_attribute() -> None:
    """A result kept as an attribute would be the first one's for ever."""
    net = nn.ReLU()

    def f(x: Tensor) -> Tensor:
        net.last = x * 2.0  # type: ignore[attr-defined]
        return net(x)

    with pytest.raises(RecordingError, match="attributes"):
        ad.compile(f)(Tensor(X))


def test_kept_tensor_is_dead() -> None:
    """A tensor that escaped in a way nobody can see raises when it is used."""
    kept: Any = {1}
    holder = [kept]
    del kept

    class Hidden:
        __slots__ = ("value",)

    hidden = Hidden()

    def f(x: Tensor) -> Tensor:
        y = x * 2.0
        object.__setattr__(hidden, "value", y)
        return y

    try:
        ad.compile(f)(Tensor(X))
    except RecordingError:
        return
    assert holder
    with pytest.raises(RecordingError, match="no value now"):
        hidden.value + 1.0


# Python values that change -------------------------------------------------------------------------------------------

SCALE = 2.0


def test_global_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A global number is looked at each time."""
    compiled = ad.compile(lambda x: x * SCALE)
    assert bits(compiled(Tensor(X))) == bits(Tensor(X * 2.0))
    monkeypatch.setitem(globals(), "SCALE", 5.0)
    assert bits(compiled(Tensor(X))) == bits(Tensor(X * 5.0))


def test_closure_that_changes() -> None:
    """So is a closure's number, and 2 is not 2.0, nor True 1."""
    scale: Any = 2

    def f(x: Any) -> Any:
        return x * scale

    compiled = ad.compile(f)
    for value in (2, 2.0, 3, True, 1, -0.0, 0.0, float("nan")):
        scale = value
        for x in (np.array([1, 2]), X):
            assert bits(compiled(Tensor(x))) == bits(f(Tensor(x)))


def test_attribute_that_changes() -> None:
    """So is an attribute of a module, also one of its class."""

    class Scale(nn.Module):
        factor = 2.0

        def forward(self, x: Any) -> Any:
            return x * self.factor if self.training else x

    net = Scale()
    compiled = ad.compile(lambda x: net(x))
    for change in ({}, {"factor": 3.0}, {"training": False}, {"training": True}):
        vars(net).update(change)
        assert bits(compiled(Tensor(X))) == bits(net(Tensor(X)))
    net.eval()
    assert bits(compiled(Tensor(X))) == bits(Tensor(X))
    net.train()
    assert bits(compiled(Tensor(X))) == bits(Tensor(X * 3.0))


def test_list_and_dict_that_change() -> None:
    """So are the entries of lists and dicts, and how many there are."""
    layers = [2.0, 3.0]
    options = {"shift": 1.0}

    def f(x: Any) -> Any:
        for factor in layers:
            x = x * factor
        return x + options["shift"]

    compiled = ad.compile(f)
    for _ in range(2):
        assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
        layers[0] = 7.0
        assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
        layers.append(5.0)
        assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
        options["shift"] = 4.0
        assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))


def test_default_argument_that_changes() -> None:
    """So are default arguments."""

    def f(x: Any, scale: float = 2.0, *, shift: float = 1.0) -> Any:
        return x * scale + shift

    compiled = ad.compile(f)
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    f.__defaults__ = (3.0,)
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    f.__kwdefaults__ = {"shift": 9.0}
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))


def test_helper_function_that_changes() -> None:
    """A function that is called, and what that one reads."""
    factor = 2.0

    def inner(x: Any) -> Any:
        return x * factor

    def other(x: Any) -> Any:
        return x - 1.0

    function = inner

    def f(x: Any) -> Any:
        return function(x)

    compiled = ad.compile(f)
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    factor = 5.0
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    function = other
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))


def test_array_from_outside_that_changes() -> None:
    """An array that the function refers to is read at each call, and may be replaced."""
    offset = np.array([1.0, 1.0, 1.0])

    def f(x: Any) -> Any:
        return x + offset

    compiled = ad.compile(f)
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    offset[0] = 100.0
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    offset = np.array([7.0, 7.0, 7.0])
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))


def test_tensor_from_outside_that_changes() -> None:
    """So is a Tensor that requires no gradient: in place, by its data, or replaced."""
    offset = Tensor([1.0, 1.0, 1.0])

    def f(x: Any) -> Any:
        return x + offset

    compiled = ad.compile(f)
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    offset.data = np.array([5.0, 6.0, 7.0])
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    offset += 1.0
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))
    offset = Tensor([9.0, 9.0, 9.0])
    assert bits(compiled(Tensor(X))) == bits(f(Tensor(X)))


def test_learning_rate_is_an_input() -> None:
    """A schedule that sets `lr` at each step costs no recording, and other settings cost one."""

    def train(compiled: bool) -> tuple[Any, int]:
        w = weights(1.0, 2.0)
        optimizer = optim.SGD([w], lr=0.1, momentum=0.5)

        def step() -> None:
            optimizer.zero_grad()
            (w * w).sum().backward()
            optimizer.step()

        run = ad.compile(step) if compiled else step
        for k in range(20):
            optimizer.lr = 0.1 / (k + 1)
            if k == 15:
                optimizer.momentum = 0.9
            run()
        return bits(w.data), getattr(run, "recordings", 0)

    expected, _ = train(False)
    got, recordings = train(True)
    assert got == expected
    assert recordings == 2


def test_lr_set_inside() -> None:
    """A schedule inside the compiled function would be left out."""
    w = weights(1.0)
    optimizer = optim.SGD([w], lr=0.1)

    def step() -> None:
        optimizer.lr = optimizer.lr * 0.5

    with pytest.raises(RecordingError, match="lr"):
        ad.compile(step)()


# Random numbers ------------------------------------------------------------------------------------------------------


IN_A_TUPLE = (np.random.default_rng(0),)


@pytest.mark.parametrize(
    "draw",
    [
        lambda shape: np.random.random(shape),  # noqa: NPY002
        lambda shape: np.full(shape, __import__("random").random()),
        lambda shape: IN_A_TUPLE[0].random(shape),
    ],
)
def test_random_mask_drawn_outside(draw: Any) -> None:
    """Numbers drawn where the recorder can't see it would be the same for ever."""
    with pytest.raises(RecordingError, match="random"):
        ad.compile(lambda x: x * draw(x.shape))(Tensor(X))


class Noisy:
    """A layer that keeps its generator."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def __call__(self, x: Any) -> Any:
        """The input with noise."""
        return x + self.rng.normal(size=x.shape)


@pytest.mark.parametrize("kind", ["closure", "attribute", "entry", "legacy"])
def test_generator_held_by_the_function(kind: str) -> None:
    """A generator in a closure, a layer or a list is state: each call draws on, and leaves it where eager does."""

    def made() -> tuple[Any, Any]:
        if kind == "attribute":
            layer = Noisy(4)
            return layer, layer.rng
        rng: Any = np.random.RandomState(4) if kind == "legacy" else np.random.default_rng(4)
        held = [rng]
        return (lambda x: x * held[0].normal(size=x.shape)) if kind == "entry" else (
            lambda x: x * rng.normal(size=x.shape)
        ), rng

    (eager, one), (f, two) = made(), made()
    compiled = ad.compile(f)
    for _ in range(3):
        assert bits(compiled(Tensor(X))) == bits(eager(Tensor(X)))
        assert bits(one.normal(size=2)) == bits(two.normal(size=2))


def test_generator_as_argument() -> None:
    """A generator that is an argument goes on from call to call, and stands where eager leaves it."""

    def f(x: Any, rng: Any) -> Any:
        return x * rng.random(x.shape) + rng.normal(size=())

    compiled = ad.compile(f)
    one, two = np.random.default_rng(3), np.random.default_rng(3)
    for _ in range(4):
        assert bits(compiled(Tensor(X), one)) == bits(f(Tensor(X), two))
    assert one.bit_generator.state == two.bit_generator.state
    other = np.random.default_rng(9)
    assert bits(compiled(Tensor(X), other)) == bits(f(Tensor(X), np.random.default_rng(9)))


# Arguments -----------------------------------------------------------------------------------------------------------


def test_shapes_and_dtypes_record_anew() -> None:
    """Another shape or dtype is another recording; a last, smaller batch and an empty one as well."""

    def f(x: Any) -> Any:
        return (x * 2.0).sum(axis=0)

    compiled = ad.compile(f)
    for shape in ((4, 3), (2, 3), (0, 3), (4, 3), (3,), ()):
        for dtype in (np.float64, np.float32, np.int64):
            x = Tensor(np.ones(shape, dtype))
            if shape:
                assert bits(compiled(x)) == bits(f(x))
    assert compiled.recordings == 12


def test_shape_dependent_loop() -> None:
    """A Python loop over the rows is unrolled for the shape that there is."""

    def f(x: Any) -> Any:
        total = x[0]
        for row in x[1:]:
            total = total * 0.5 + row
        return total

    compiled = ad.compile(f)
    for n in (1, 2, 5, 2):
        x = Tensor(np.arange(n * 3.0).reshape(n, 3))
        assert bits(compiled(x)) == bits(f(x))


def test_limit_warns_and_goes_on_eagerly() -> None:
    """After so many recordings there is a warning that names what changes, and eager calls."""

    def f(x: Any, k: int) -> Any:
        return x * k

    compiled = ad.compile(f)

    def calls() -> None:
        for k in range(40):
            assert bits(compiled(Tensor(X), k)) == bits(f(Tensor(X), k))

    with pytest.warns(CompileWarning, match="argument k"):
        calls()
    assert compiled.recordings < 40


def test_non_contiguous_and_reversed_arguments() -> None:
    """Other strides are another layout, with its own bits."""

    def f(x: Any) -> Any:
        return (x * 2.0).sum(axis=0), x @ np.ones(x.shape[-1])

    base = np.random.default_rng(0).normal(size=(6, 8))
    compiled = ad.compile(f)
    for x in (base, base.T, base[::2], base[:, ::-1], np.asfortranarray(base), base[1:, 1:]):
        for _ in range(2):
            assert [bits(y) for y in compiled(x)] == [bits(y) for y in f(x)]


def test_kinds_of_scalar_arguments() -> None:
    """Python numbers, NumPy numbers and arrays of shape () are told apart."""

    def f(x: Any, k: Any) -> Any:
        return x * k

    compiled = ad.compile(f)
    x32 = Tensor(X.astype(np.float32))
    for k in (2, 2.0, np.float64(2.0), np.float32(2.0), np.array(2.0), Tensor(2.0), True, np.int64(2), 3.5, 2):
        for _ in range(2):
            assert bits(compiled(x32, k)) == bits(f(x32, k))


def test_keywords_defaults_and_methods() -> None:
    """Keyword arguments, defaults, bound methods, decorated methods."""

    class Model:
        scale = 3.0

        @ad.compile
        def decorated(self, x: Any, *, shift: Any = 1.0) -> Any:
            return x * self.scale + shift

        def plain(self, x: Any, shift: Any = 1.0) -> Any:
            return x * self.scale + shift

    model, other = Model(), Model()
    other.scale = 7.0
    compiled = ad.compile(model.plain)
    for _ in range(2):
        for kwargs in ({}, {"shift": 2.0}, {"shift": Tensor(X)}):
            for m in (model, other):
                assert bits(m.decorated(Tensor(X), **kwargs)) == bits(m.plain(Tensor(X), **kwargs))
            assert bits(compiled(Tensor(X), **kwargs)) == bits(model.plain(Tensor(X), **kwargs))
            assert bits(compiled(x=Tensor(X), **kwargs)) == bits(model.plain(Tensor(X), **kwargs))


def test_same_array_twice() -> None:
    """The same Tensor in two places, and then two different ones."""

    def f(x: Any, y: Any) -> Any:
        (x * x * y).sum().backward()
        return x.grad, y.grad

    compiled = ad.compile(f)
    for same in (True, False, True, False):
        grads = []
        for function in (compiled, f):
            x = weights(1.0, 2.0)
            y = x if same else weights(5.0, 6.0)
            grads.append([bits(g) for g in function(x, y)])
        assert grads[0] == grads[1]


def test_argument_that_shares_memory_with_a_parameter() -> None:
    """An argument that is (part of) a parameter's own memory."""

    def train(compiled: bool) -> list[Any]:
        w = weights(1.0, 2.0, 3.0)
        optimizer = optim.SGD([w], lr=0.1)

        def step(x: Any) -> Any:
            optimizer.zero_grad()
            ((w - x) ** 2.0).sum().backward()
            optimizer.step()
            return x * 1.0

        run = ad.compile(step) if compiled else step
        seen = []
        for x in (X + 1.0, w.data, w.data[::-1], X + 2.0, w.data.reshape(3)):
            seen += [bits(run(x)), bits(w.data)]
        return seen

    assert train(True) == train(False)


def test_containers_as_arguments() -> None:
    """Lists, tuples and dicts of Tensors, nested; a list that is changed inside is an error."""

    def f(batch: Any, options: Any) -> Any:
        return {"sum": batch[0] + batch[1]["y"], "n": options["n"], "pair": (batch[0], [batch[0] * 2.0])}

    compiled = ad.compile(f)
    for k in (1.0, 2.0, 3.0):
        args = [Tensor(X * k), {"y": Tensor(X)}], {"n": 3}
        got, expected = compiled(*args), f(*args)
        assert list(got) == list(expected)
        assert bits(got["sum"]) == bits(expected["sum"])
        assert got["n"] == 3
        assert got["pair"][0] is args[0][0]
        assert bits(got["pair"][1][0]) == bits(expected["pair"][1][0])

    def g(batch: list[Any]) -> Any:
        batch.append(batch[0] * 2.0)
        return batch[0]

    with pytest.raises(RecordingError, match="list"):
        ad.compile(g)([Tensor(X)])


# Results -------------------------------------------------------------------------------------------------------------


def test_returned_arrays_are_not_overwritten() -> None:
    """What was returned stays as it was when the function is called again."""

    def f(x: Any) -> Any:
        y = x * 2.0
        return y, y.T, y.reshape(-1), y[0], y.sum(), x + 0.0

    compiled = ad.compile(f)
    kept = []
    for k in range(4):
        results = compiled(Tensor(X.reshape(1, 3) + k))
        kept.append((results, [bits(y) for y in results]))
        for result in results:
            assert isinstance(result, Tensor)
    for results, before in kept:
        assert [bits(y) for y in results] == before
    raw = ad.compile(lambda x: x * 2.0)
    first = raw(X)
    second = raw(X + 1.0)
    assert first.tolist() == [2.0, 4.0, 6.0]
    first[0] = 99.0
    assert raw(X).tolist() == [2.0, 4.0, 6.0]
    assert second.tolist() == [4.0, 6.0, 8.0]


def test_constant_result_is_not_shared() -> None:
    """A result that doesn't depend on the arguments is the caller's own."""
    compiled = ad.compile(lambda x: ad.ones((3,)))
    first = compiled(Tensor(X))
    first.data[0] = 5.0
    assert compiled(Tensor(X)).tolist() == [1.0, 1.0, 1.0]


def test_identity() -> None:
    """Arguments and parameters that are returned are the same objects."""
    w = weights(1.0)
    compiled = ad.compile(lambda x: (x, w, None, "text", 3))
    for _ in range(2):
        x = Tensor(X)
        result = compiled(x)
        assert result[0] is x
        assert result[1] is w
        assert result[2:] == (None, "text", 3)


def test_result_has_no_graph() -> None:
    """A result that eagerly could be differentiated says that it can't."""
    w = weights(1.0, 2.0)
    compiled = ad.compile(lambda x: (w * x).sum())
    for _ in range(2):
        loss = compiled(Tensor([1.0, 1.0]))
        assert loss.requires_grad
        with pytest.raises(GradientError, match="compiled"):
            loss.backward()
    assert w.grad is None


def test_differentiated_from_outside() -> None:
    """Inside somebody's gradient the function is part of that graph."""
    compiled = ad.compile(lambda x: (x * x).sum())
    for _ in range(2):
        assert ad.grad(compiled)(X).tolist() == [2.0, 4.0, 6.0]
        assert bits(compiled(Tensor(X))) == bits(Tensor(14.0))
    w = weights(1.0, 2.0)
    y = w * 3.0
    compiled(y).backward()
    assert w.grad is not None
    assert w.grad.tolist() == [18.0, 36.0]


# Gradients -----------------------------------------------------------------------------------------------------------


def both(make: Any, calls: int = 4) -> None:
    """Run what `make` returns (a step, what to do between, what to look at) eagerly and compiled."""
    seen: list[list[Any]] = []
    for compiled in (False, True):
        step, between, look = make()
        run = ad.compile(step) if compiled else step
        record = []
        for k in range(calls):
            result = run()
            record.append([bits(y) for y in (result if isinstance(result, tuple) else (result,)) if y is not None])
            record.append([None if y is None else bits(y) for y in look()])
            between(k)
        seen.append(record)
    assert seen[0] == seen[1]


def test_gradients_accumulate() -> None:
    """Without `zero_grad` gradients add up, from call to call."""

    def make() -> Any:
        w = weights(1.0, 2.0)

        def step() -> None:
            (w * w * w).sum().backward()

        def between(k: int) -> None:
            if k == 1:
                w.zero_grad()
            if k == 2:
                w.grad = Tensor([10.0, 20.0])

        return step, between, lambda: [w.grad]

    both(make, 6)


def test_zero_grad_in_different_places() -> None:
    """`zero_grad` before, after, by setting zeros, and none at all in between."""

    def make() -> Any:
        w, v = weights(1.0, 2.0), weights(3.0, 4.0)
        optimizer = optim.SGD([w], lr=0.1)

        def step() -> Any:
            loss = (w * w * v).sum()
            loss.backward()
            optimizer.step()
            v.zero_grad(set_to_none=False)
            w.zero_grad()
            return loss

        return step, lambda k: None, lambda: [w.grad, v.grad, w.data, v.data]

    both(make)


def test_gradient_read_late() -> None:
    """What `p.grad` handed out never changes, and what it hands out is never an older step's."""
    w = weights(1.0, 2.0)
    optimizer = optim.SGD([w], lr=0.1)

    def step(x: Any) -> None:
        optimizer.zero_grad()
        (w * x).sum().backward()
        optimizer.step()

    compiled = ad.compile(step)
    kept = []
    for k in range(5):
        compiled(Tensor([float(k), 2.0 * k]))
        if k != 2:
            assert w.grad is not None
            assert w.grad.tolist() == [float(k), 2.0 * k]
            kept.append((w.grad, w.grad.tolist()))
    for grad, before in kept:
        assert grad.tolist() == before
    w.zero_grad()
    assert w.grad is None
    compiled(Tensor([7.0, 8.0]))
    (w * 1.0).sum().backward()  # eagerly, on top of it
    assert w.grad is not None
    assert w.grad.tolist() == [8.0, 9.0]


def test_retained_gradient() -> None:
    """`retain_grad` of a tensor that is returned."""

    def f(x: Any) -> Any:
        y = x * 2.0
        y.retain_grad()
        (y * y).sum().backward()
        return y

    compiled = ad.compile(f)
    for k in (1.0, 2.0, 3.0):
        got, expected = (g(weights(k, 2.0 * k)) for g in (compiled, f))
        assert got.grad is not None
        assert bits(got.grad) == bits(expected.grad)


def test_parameter_without_a_gradient() -> None:
    """A parameter that the loss doesn't depend on stays, gradient and all."""

    def make() -> Any:
        w, v = weights(1.0, 2.0), weights(3.0, 4.0)
        optimizer = optim.Adam([w, v], lr=0.1)

        def step() -> Any:
            optimizer.zero_grad()
            (w * w).sum().backward()
            optimizer.step()

        return step, lambda k: None, lambda: [w.grad, v.grad, w.data, v.data]

    both(make)


def test_frozen_and_thawed() -> None:
    """`requires_grad` is looked at each time."""

    def make() -> Any:
        net = nn.Sequential(nn.Linear(2, 3, rng=0), nn.Linear(3, 1, rng=1))
        optimizer = optim.SGD(net.parameters(), lr=0.1)
        x = Tensor([0.5, 1.5])

        def step() -> Any:
            optimizer.zero_grad()
            loss = net(x).sum()
            loss.backward()
            optimizer.step()
            return loss

        def between(k: int) -> None:
            net[0].weight.requires_grad = k % 2 == 1

        return step, between, lambda: [p.grad for p in net.parameters()] + [p.data for p in net.parameters()]

    both(make, 6)


def test_no_grad_outside() -> None:
    """Grad mode is part of the recording."""
    w = weights(1.0, 2.0)
    compiled = ad.compile(lambda: w * 2.0)
    for _ in range(2):
        assert compiled().requires_grad
        with ad.no_grad():
            assert not compiled().requires_grad


def test_parameter_replaced() -> None:
    """A parameter that is another object, has new data, or was loaded."""
    net = nn.Linear(2, 1, rng=0)

    def f(x: Any) -> Any:
        return net(x).detach()

    compiled = ad.compile(f)
    x = Tensor([1.0, 2.0])
    assert bits(compiled(x)) == bits(f(x))
    net.weight = nn.Parameter([[5.0, 6.0]])
    assert bits(compiled(x)) == bits(f(x))
    net.weight.data = np.array([[7.0, 8.0]])
    assert bits(compiled(x)) == bits(f(x))
    net.load_state_dict(nn.Linear(2, 1, rng=5).state_dict())
    assert bits(compiled(x)) == bits(f(x))
    optim.SGD(net.parameters(), lr=0.1)  # moves the values into a buffer of its own
    assert bits(compiled(x)) == bits(f(x))
    with ad.no_grad():
        net.weight += 1.0
    assert bits(compiled(x)) == bits(f(x))


def test_tied_parameters() -> None:
    """One parameter in two places."""

    def make() -> Any:
        net = nn.Sequential(nn.Linear(2, 2, rng=0), nn.Linear(2, 2, rng=1))
        net[1].weight = net[0].weight
        optimizer = optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
        x = Tensor([[0.5, 1.5], [1.0, 2.0]])

        def step() -> Any:
            optimizer.zero_grad()
            loss = (net(x) ** 2.0).mean()
            loss.backward()
            optimizer.step()
            return loss

        return step, lambda k: None, lambda: [p.grad for p in net.parameters()] + [p.data for p in net.parameters()]

    both(make)


def test_two_optimizers_and_two_functions() -> None:
    """Two compiled functions on the same parameters, in turns, with an eager one between."""

    def train(compiled: bool) -> list[Any]:
        w, v = weights(1.0, 2.0), weights(3.0, 4.0)
        first, second = optim.SGD([w, v], lr=0.1), optim.Adam([v], lr=0.01)

        def one() -> None:
            first.zero_grad()
            (w * v).sum().backward()
            first.step()

        def two() -> None:
            second.zero_grad()
            (w * v * v).sum().backward()
            second.step()

        steps = [ad.compile(one), ad.compile(two), one] if compiled else [one, two, one]
        seen = []
        for k in range(9):
            steps[k % 3]()
            seen += [bits(w.data), bits(v.data), bits(v.grad)]
        return seen

    assert train(True) == train(False)


def test_version_counters() -> None:
    """A graph recorded eagerly before a compiled step knows that the step changed its leaf."""
    w = weights(1.0, 2.0)
    optimizer = optim.SGD([w], lr=0.1)

    def step() -> None:
        optimizer.zero_grad()
        (w * w).sum().backward()
        optimizer.step()

    compiled = ad.compile(step)
    compiled()
    for _ in range(2):
        loss = (w * w).sum()
        compiled()
        with pytest.raises(GradientError, match="changed in place"):
            loss.backward()


def test_state_dicts_and_optimizer_state() -> None:
    """Eager and compiled steps in turns: the state is the same one."""

    def train(compiled: int) -> list[Any]:
        net = nn.ThreeLayerNet(2, 5, 1, rng=np.random.RandomState(0))
        optimizer = optim.Adam(net.parameters(), lr=0.05)

        def step(x: Any, y: Any) -> Any:
            loss = F.binary_cross_entropy(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            return loss

        fast = ad.compile(step)
        seen = []
        for k in range(8):
            run = fast if compiled >> k & 1 else step
            seen.append(bits(run(Tensor([0.1 * k, 0.5]), Tensor([k % 2 + 0.0]))))
        return seen + [bits(x) for x in net.state_dict().values()]

    expected = train(0)
    for pattern in (0b11111111, 0b10101010, 0b01010101, 0b11001100):
        assert train(pattern) == expected


# Errors --------------------------------------------------------------------------------------------------------------


def test_error_while_recording() -> None:
    """An error in the function leaves everything as it was."""
    w = weights(1.0, 2.0)
    optimizer = optim.SGD([w], lr=0.1, momentum=0.9)
    (w * 3.0).sum().backward()

    def step(fail: bool) -> None:
        optimizer.zero_grad()
        (w * w).sum().backward()
        optimizer.step()
        if fail:
            raise KeyError("mine")

    compiled = ad.compile(step)
    for _ in range(2):
        with pytest.raises(KeyError, match="mine"):
            compiled(True)
        assert w.tolist() == [1.0, 2.0]
        assert w.grad is not None
        assert w.grad.tolist() == [3.0, 3.0]
        assert type(w.data) is np.ndarray
    compiled(False)
    assert w.tolist() == [0.8, 1.6]
    assert (w + 1.0).requires_grad


def test_error_in_a_replay() -> None:
    """A check inside an operation raises at each replay; the gradient is an error then, not an old one."""
    scores = Tensor([[1.0, 2.0]], requires_grad=True)

    def step(target: Any) -> Any:
        scores.zero_grad()
        F.cross_entropy(scores, target).backward()

    compiled = ad.compile(step)
    for _ in range(2):
        compiled(Tensor([1]))
    with pytest.raises(ValueError, match="classes 0 to 1 expected"):
        compiled(Tensor([2]))
    with pytest.raises(GradientError, match="lost"):
        _ = scores.grad
    compiled(Tensor([0]))
    assert scores.grad is not None
    expected = scores.grad.tolist()
    step(Tensor([0]))
    assert scores.grad.tolist() == expected


# Calls in calls ------------------------------------------------------------------------------------------------------


def test_nested_and_recursive() -> None:
    """A compiled function in a compiled function, and one that calls itself."""
    inner = ad.compile(lambda x: x * SCALE)
    outer = ad.compile(lambda x: inner(x) + 1.0)
    for k in (1.0, 2.0):
        assert bits(outer(Tensor(X * k))) == bits(Tensor(X * k * 2.0 + 1.0))
        assert bits(inner(Tensor(X * k))) == bits(Tensor(X * k * 2.0))

    @ad.compile
    def power(x: Any, n: int) -> Any:
        return x if n == 0 else power(x, n - 1) * 2.0

    for _ in range(2):
        assert bits(power(Tensor(X), 3)) == bits(Tensor(X * 8.0))


def test_nested_steps_without_arguments() -> None:
    """A compiled step in a compiled epoch, and then each for itself."""
    w = weights(1.0, 2.0)
    optimizer = optim.SGD([w], lr=0.1)

    def plain() -> Any:
        optimizer.zero_grad()
        loss = (w * w).sum()
        loss.backward()
        optimizer.step()
        return loss

    step = ad.compile(plain)
    epoch = ad.compile(lambda: [step() for _ in range(3)])
    seen = [step().item(), *(loss.item() for loss in epoch()), step().item(), *(loss.item() for loss in epoch())]
    w.data = np.array([1.0, 2.0])
    assert seen == [plain().item() for _ in range(8)]


def test_nested_global_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an inner compiled function reads is looked at for the outer one, too."""
    inner = ad.compile(lambda x: x * SCALE)
    outer = ad.compile(lambda x: inner(x) + 1.0)
    outer(Tensor(X))
    monkeypatch.setitem(globals(), "SCALE", 5.0)
    assert bits(outer(Tensor(X))) == bits(Tensor(X * 5.0 + 1.0))


def test_threads() -> None:
    """Calls from several threads don't mix their buffers; a thread beside a recording isn't recorded."""
    compiled = ad.compile(lambda x: ad.exp(x * 2.0) / (1.0 + x))
    wrong: list[Any] = []

    def work(seed: int) -> None:
        x = Tensor(np.random.default_rng(seed).random((50 + seed % 3, 20)))
        expected = bits(ad.exp(x * 2.0) / (1.0 + x))
        for _ in range(30):
            if bits(compiled(x)) != expected or bits(ad.exp(x * 2.0) / (1.0 + x)) != expected:
                wrong.append(seed)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


# Memory --------------------------------------------------------------------------------------------------------------


def test_arguments_are_not_kept() -> None:
    """Neither the recorded arguments nor later ones are kept alive."""
    compiled = ad.compile(lambda x: (x * x).sum())
    alive = []
    for k in range(3):
        x = Tensor(X * k)
        alive.append(weakref.ref(x))
        compiled(x)
        del x
    gc.collect()
    assert [ref() for ref in alive] == [None, None, None]


def test_memory_stays_flat() -> None:
    """A thousand replays leave nothing behind, with the garbage collector off."""
    net = nn.ThreeLayerNet(2, 10, 1, rng=np.random.RandomState(0))
    optimizer = optim.SGD(net.parameters(), lr=0.01)

    def step(x: Any, y: Any) -> Any:
        loss = F.binary_cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    compiled = ad.compile(step)
    x, y = Tensor([0.1, 0.2]), Tensor([1.0])
    compiled(x, y)
    gc.collect()
    gc.disable()
    try:
        compiled(x, y)
        tracemalloc.start()
        for _ in range(100):
            compiled(x, y)
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(1000):
            compiled(x, y)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
        gc.enable()
    assert grown < 1000  # bytes: less than one object a step


def test_exchange_of_two_states() -> None:
    """Two tensors that take each other's values."""
    a, b = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    w, v = weights(5.0, 6.0), weights(7.0, 8.0)

    def swap() -> None:
        a.data, b.data = b.data * 1.0, a.data * 1.0
        with ad.no_grad():
            old = w * 1.0
            w.data = v.data * 1.0
            v.data = old.data * 1.0

    compiled = ad.compile(swap)
    for k in range(4):
        compiled()
        assert a.tolist() == ([3.0, 4.0] if k % 2 == 0 else [1.0, 2.0])
        assert w.tolist() == ([7.0, 8.0] if k % 2 == 0 else [5.0, 6.0])
        assert v.tolist() == ([5.0, 6.0] if k % 2 == 0 else [7.0, 8.0])


def test_raw_view_of_a_parameter() -> None:
    """An array from outside that is a parameter's own memory: seen changed within the step."""

    def train(compiled: bool) -> list[Any]:
        w = weights(1.0, 2.0)
        optimizer = optim.SGD([w], lr=0.1)
        raw = w.data

        def step(x: Any) -> Any:
            optimizer.zero_grad()
            (w * x).sum().backward()
            optimizer.step()
            return x * raw

        run = ad.compile(step) if compiled else step
        return [bits(run(Tensor([1.0, k]))) for k in (1.0, 2.0, 3.0)]

    assert train(True) == train(False)


def test_dtype_objects_that_are_not_singletons() -> None:
    """An array whose dtype is an equal object, as unpickling makes, is no other dtype."""
    compiled = ad.compile(lambda x: x * 2.0)
    compiled(X)
    other = np.ndarray(3, np.dtype([("f", "f8")])["f"].newbyteorder("="))
    other[:] = X
    compiled(other)
    assert compiled.recordings == 1


def test_parameter_first_seen_inside() -> None:
    """A tensor that the recorder can't find beforehand is found when it is used."""

    w = weights(1.0, 2.0)
    lookup = {"w": w}.__getitem__

    def step() -> Any:
        loss = (lookup("w") * 3.0).sum()
        loss.backward()
        return loss

    compiled = ad.compile(step)
    for k in range(3):
        loss = compiled()
        assert loss.item() == w.data.sum() * 3.0
        assert w.grad is not None
        assert w.grad.tolist() == [3.0 * (k + 1)] * 2
        with ad.no_grad():
            w += 1.0


def test_raw_arrays_and_tensors_mixed() -> None:
    """An array argument beside a Tensor, in every order, through operators and NumPy's functions."""
    w = weights(2.0, 3.0, 4.0)

    def f(x: Any) -> Any:
        return [x * w, w * x, x - w, np.add(x, w), np.multiply(w, x), x @ w, w @ x, np.exp(w) + x, w.data * x]

    compiled = ad.compile(f)
    for k in (1.0, 2.0, 3.0):
        for got, expected in zip(compiled(X * k), f(X * k), strict=True):
            assert type(got) is type(expected)
            assert bits(got) == bits(expected)


def test_numpy_functions_on_array_arguments() -> None:
    """Ordinary NumPy code on array arguments is recorded as well: functions, methods, slices."""

    def f(x: Any) -> Any:
        y = np.concatenate([x, x * 2.0]).reshape(2, -1)
        return [
            y.sum(axis=0), np.sum(y), y.T @ x[:2], np.where(x > 1.5, x, 0.0), y[:, ::2].max(), np.linalg.norm(x),
            np.clip(x, 1.0, 2.0), x[None] ** 2, abs(-x), x.mean(), np.einsum("i,i", x, x), np.sort(x), x.astype(int),
        ]  # fmt: skip

    compiled = ad.compile(f)
    for k in (1.0, 2.0, 3.0):
        for got, expected in zip(compiled(X * k), f(X * k), strict=True):
            assert type(got) is type(expected)
            assert bits(got) == bits(expected)
    assert compiled.recordings == 1


def test_misuse_says_what_is_expected() -> None:
    """No function, an unknown back end, a scan over nothing: an error at once, with the way out."""
    unknown: Any = 3
    with pytest.raises(TypeError, match="expected a function, got int"):
        ad.compile(unknown)
    with pytest.raises(ValueError, match="'numpy', 'numba' or 'auto'"):
        ad.compile(abs, backend="cuda")
    compiled = ad.compile(lambda x: x * 2)
    for args, got in (((), "none"), ((np.zeros((0, 2)),), "0"), ((np.zeros((2, 1)), np.zeros((3, 1))), "2, 3")):
        with pytest.raises(ValueError, match=f"same number of rows.*got {got}"):
            compiled.scan(*args)
