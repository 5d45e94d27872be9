"""``python -m benchmarks.sensitivity``: what gradient checkers notice, and when they cry wolf.

Ours beside PyTorch's `gradcheck`, JAX's `check_grads` and HIPS autograd's `check_grads`, each with its own defaults,
on the same functions. A wrong derivative is made of an identity whose derivative is a given factor (an array of them).
A peer that isn't installed is said to be so.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import autodiff as ad

COUNT = 200
"""How many random functions."""
Function = Callable[[Any], Any]


@dataclass(frozen=True)
class Tool:
    """A library with its checker.

    Attributes
    ----------
    name : str
        With the version.
    xp : object
        Has `sin`, `exp`, `tanh`, `sqrt`, `log`, `sum` and `relu`.
    scaled : callable
        ``scaled(x, c)`` is `x`, with the derivative `c`.
    check : callable
        ``check(f, x)``: a word on the gradient of `f` at the NumPy array `x`; "passes" or "alarm" where there is no
        other.
    """

    name: str
    xp: Any
    scaled: Callable[[Any, Any], Any]
    check: Callable[[Function, Any], str]


class Names:
    """A library's functions by common names."""

    def __init__(self, module: Any, relu: Function) -> None:
        for name in ("sin", "exp", "tanh", "sqrt", "log", "sum"):
            setattr(self, name, getattr(module, name))
        self.relu = relu


def ours() -> Tool:
    """`autodiff.gradcheck`."""

    def check(f: Function, x: Any) -> str:
        return ad.gradcheck(f, x, raise_exception=False).verdict

    xp = Names(ad, lambda x: ad.maximum(x, 0.0))
    return Tool("autodiff", xp, lambda x, c: x + (np.asarray(c) - 1).astype(x.dtype) * (x - x.detach()), check)


def pytorch() -> Tool:
    """`torch.autograd.gradcheck`."""
    torch = importlib.import_module("torch")

    def check(f: Function, x: Any) -> str:
        tensor = torch.tensor(x, requires_grad=True)
        return _word(lambda: torch.autograd.gradcheck(f, (tensor,)))

    def scaled(x: Any, c: Any) -> Any:
        return x + torch.as_tensor(np.asarray(c) - 1, dtype=x.dtype) * (x - x.detach())

    return Tool(f"PyTorch {torch.__version__}", Names(torch, torch.relu), scaled, check)


def pytorch_fast() -> Tool:
    """The same with ``fast_mode=True``: random projections in place of the Jacobian."""
    torch = importlib.import_module("torch")
    tool = pytorch()

    def check(f: Function, x: Any) -> str:
        tensor = torch.tensor(x, requires_grad=True)
        return _word(lambda: torch.autograd.gradcheck(f, (tensor,), fast_mode=True))

    return Tool("PyTorch, fast mode", tool.xp, tool.scaled, check)


def jax() -> Tool:
    """`jax.test_util.check_grads`, with double precision switched on."""
    module = importlib.import_module("jax")
    module.config.update("jax_enable_x64", True)
    numpy = importlib.import_module("jax.numpy")
    check_grads = importlib.import_module("jax.test_util").check_grads

    def check(f: Function, x: Any) -> str:
        return _word(lambda: check_grads(f, (numpy.asarray(x),), order=1))

    def scaled(x: Any, c: Any) -> Any:
        return x + numpy.asarray(np.asarray(c) - 1, dtype=x.dtype) * (x - module.lax.stop_gradient(x))

    return Tool(f"JAX {module.__version__}", Names(numpy, module.nn.relu), scaled, check)


def hips() -> Tool:
    """`autograd.test_util.check_grads`."""
    numpy = importlib.import_module("autograd.numpy")
    extend = importlib.import_module("autograd.extend")
    check_grads = importlib.import_module("autograd.test_util").check_grads
    version = importlib.import_module("importlib.metadata").version("autograd")

    scaled = extend.primitive(lambda x, _c: x)
    extend.defvjp(scaled, lambda _y, _x, c: lambda g: g * c, None)
    extend.defjvp(scaled, lambda g, _y, _x, c: g * c, None)

    def check(f: Function, x: Any) -> str:
        return _word(lambda: check_grads(f, order=1)(x))

    return Tool(f"autograd {version}", Names(numpy, lambda x: numpy.maximum(x, 0.0)), scaled, check)


def _word(call: Callable[[], Any]) -> str:
    try:
        call()
    except Exception:  # each has its own kind of error
        return "alarm"
    return "passes"


# The functions -------------------------------------------------------------------------------------------------------

RNG = np.random.default_rng(4)
X = RNG.normal(size=(20, 20))
ONE = np.ones((20, 20))
ONE[3, 7] = 1.01
SMALL = np.ones(5)
SMALL[2] = 1e-6
SMALL_WRONG = np.ones(5)
SMALL_WRONG[2] = 1.01
Case = tuple[str, str, Callable[[Tool], Function], Any]


def _loss(t: Tool) -> Function:
    return lambda x: t.xp.sum(t.xp.tanh(x) * x)


def _wrong(c: Any, f: Callable[[Tool], Function] = _loss) -> Callable[[Tool], Function]:
    return lambda t: lambda x: f(t)(t.scaled(x, c))


CASES: list[Case] = [
    ("wrong by 0.01 % everywhere", "wrong", _wrong(1.0001), X),
    ("the same in float32", "wrong", _wrong(1.0001), X.astype(np.float32)),
    ("one entry of 400 wrong by 1 %", "wrong", _wrong(ONE), X),
    ("the same in float32", "wrong", _wrong(ONE), X.astype(np.float32)),
    ("wrong sign", "wrong", _wrong(-1.0), X[:3, :3]),
    ("twice as large", "wrong", _wrong(2.0), X[:3, :3]),
    (
        "a derivative of 1e-6, wrong by 1 %",
        "wrong",
        _wrong(SMALL_WRONG, lambda t: lambda x: (x * _of(t, SMALL, x)).sum()),
        np.ones(5),
    ),
    (
        "a loss of the size 1e-6, twice as large",
        "wrong",
        _wrong(2.0, lambda t: lambda x: 1e-6 * _loss(t)(x)),
        X[:3, :3],
    ),
    ("wrong by 1 %, below 1e6", "wrong", _wrong(1.01, lambda t: lambda x: 1e6 + t.xp.sum(t.xp.sin(x))), X[0]),
    ("right", "right", _loss, X),
    ("right, in float32", "right", _loss, X.astype(np.float32)),
    ("right, of the size 1e6", "right", lambda t: lambda x: 1e6 * _loss(t)(x), X[:3, :3]),
    ("right, steep: sin(1e5 x)", "right", lambda t: lambda x: t.xp.sum(t.xp.sin(1e5 * x)), X[0, :5]),
    ("right, 1e-7 beside relu's kink", "right", lambda t: lambda x: t.xp.sum(t.xp.relu(x)), np.array([1e-7, -1e-7])),
    ("relu at 0", "kink", lambda t: lambda x: t.xp.sum(t.xp.relu(x)), np.array([0.0, 1.0])),
    (
        "right, of 4 digits: (x + 1e12) - 1e12",
        "right",
        lambda t: lambda x: t.xp.sum((x + 1e12) - 1e12),
        np.array([0.3]),
    ),
]


def _of(t: Tool, array: Any, like: Any) -> Any:
    """A constant array in the tool's own kind."""
    return (
        importlib.import_module("torch").as_tensor(array, dtype=like.dtype) if t.name.startswith("PyTorch") else array
    )


def random_function(seed: int) -> Callable[[Tool], Function]:
    """A composition of two to five smooth functions, scaled."""
    rng = np.random.default_rng(seed)
    steps = [(int(rng.integers(7)), float(np.exp(rng.normal()))) for _ in range(int(rng.integers(2, 6)))]

    def of(t: Tool) -> Function:
        xp = t.xp
        kinds: list[Callable[[Any, float], Any]] = [
            lambda v, c: xp.sin(c * v),
            lambda v, c: xp.exp(-c * v * v),
            lambda v, c: xp.tanh(c * v),
            lambda v, c: xp.sqrt(v * v + c),
            lambda v, c: xp.log(v * v + c),
            lambda v, c: c * v * v,
            lambda v, c: xp.relu(v - c) + v,
        ]

        def f(x: Any) -> Any:
            y = x
            for kind, c in steps:
                y = kinds[kind](y, c)
            return xp.sum(y * x)

        return f

    return of


def main() -> None:
    """Print the table, a row per function."""
    tools: list[Tool] = [ours()]
    for name, make in (("torch", pytorch), ("torch", pytorch_fast), ("jax", jax), ("autograd", hips)):
        if importlib.util.find_spec(name) is None:
            print(f"{name}: not installed")
        else:
            tools.append(make())
    print(f"| {'function':42} | should be | " + " | ".join(t.name for t in tools) + " |")
    print("|---|---|" + "---|" * len(tools))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, truth, make_f, x in CASES:
            print(f"| {name:42} | {truth} | " + " | ".join(t.check(make_f(t), x) for t in tools) + " |", flush=True)
        for dtype in (np.float64, np.float32):
            for factor in (1.0, 1.0001, 1.01):
                print(_row_of_random(tools, dtype, factor), flush=True)


def _row_of_random(tools: list[Tool], dtype: Any, factor: float) -> str:
    words = []
    for t in tools:
        found: Counter[str] = Counter()
        for seed in range(COUNT):
            x = np.random.default_rng([1, seed]).normal(size=3).astype(dtype)
            found[
                t.check(_wrong(factor, random_function(seed))(t) if factor != 1 else random_function(seed)(t), x)
            ] += 1
        words.append(", ".join(f"{n} {word}" for word, n in found.most_common()))
    kind = "right" if factor == 1 else f"wrong by {factor - 1:.2%}"
    return f"| {COUNT} random functions, {np.dtype(dtype)} | {kind} | " + " | ".join(words) + " |"


if __name__ == "__main__":
    main()
