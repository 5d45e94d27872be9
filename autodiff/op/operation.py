"""`Operation`: what is known of one operation, and the table of all."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple, TypedDict, Unpack

from .._namespaces import Array
from ..tensor import Tensor
from .checking import check, checked_name
from .unrolled import Bound

Rule = Callable[..., Array]
Kind = Literal["elementwise", "linear", "primitive", "composite", "constant"]
Interval = tuple[float, float]
Domain = Interval | tuple[Interval, ...]

REAL: Interval = (-3.0, 3.0)
"""The domain of functions that are smooth on the whole line: test values are drawn from it."""

REGISTRY: dict[str, Operation] = {}
"""Every declared operation by name: the tests, the NumPy protocols and the documentation are driven by it."""

TENSORS: Any = SimpleNamespace(fft=SimpleNamespace(), linalg=SimpleNamespace())
"""The `xp` of rules that are recorded themselves: the operations on Tensors under the standard's names."""


class Sample(NamedTuple):
    """One call of an operation on which the tests check it.

    An argument is a shape, for which values are drawn from the operation's domain, or an array, taken as it is.
    """

    arguments: tuple[Any, ...]
    params: dict[str, Any]


def sample(*arguments: Any, **params: Any) -> Sample:
    """One call for the tests: a shape (or an array) per argument, and the parameters.

    Examples
    --------
    >>> from autodiff.op import sample
    >>> sample((3, 4), axis=1)
    Sample(arguments=((3, 4),), params={'axis': 1})
    """
    return Sample(arguments, params)


class Kink(NamedTuple):
    """The derivatives at a point where the mathematics leaves a choice or has none that is finite."""

    at: tuple[Any, ...]
    derivatives: tuple[Any, ...]
    where: str


def kink(at: tuple[Any, ...], derivatives: tuple[Any, ...], where: str = "") -> Kink:
    """What the derivatives are at a kink, a tie or an end of the domain: for the documentation, and for its test.

    Parameters
    ----------
    at : tuple
        The arguments, one example for the kind of point.
    derivatives : tuple
        The derivative of the output, or of the sum of its entries, by each.
    where : str
        The kind of point in words ("a = b"), if `at` doesn't say it all.

    Examples
    --------
    >>> from autodiff.op import kink
    >>> kink((0.0,), (0.0,))
    Kink(at=(0.0,), derivatives=(0.0,), where='')
    """
    return Kink(at, derivatives, where)


class Options(TypedDict, total=False):
    """What every decorator takes beside the rules.

    Attributes
    ----------
    operator : str
        The Python operator that the operation is: "mul" stands for ``__mul__``, ``__rmul__`` and ``__imul__``.
    method : bool
        Whether it is a method of Tensor, too.
    holomorphic : bool
        Whether the rules are linear in `g` over the complex numbers (default); else they are the adjoint as written.
    domain : (low, high), or one such pair per argument
        Where the tests draw their values: an interval on which the function is smooth.
    samples : iterable of Sample
        Calls for the tests. An element-wise operation has the usual shapes without being told.
    reference : callable
        The NumPy function with the same value, where NumPy has none of the same name.
    extension : str
        The extension of the standard that it belongs to ("fft", "linalg"): the public function is in that module.
    several : bool
        Whether it has several outputs; then it returns `Outputs`, and its rules get and give tuples.
    internal : bool
        Whether it is for rules alone: they have it as ``xp.<name>``, and `autodiff` doesn't export it.
    kinks : iterable of Kink
        The derivatives where there is a choice.
    selects : bool
        Whether it leaves out entries of its arguments, depending on values (`where`): these have derivative 0, even
        where what they were computed from is infinite or NaN.
    """

    operator: str
    method: bool
    holomorphic: bool
    domain: Domain
    samples: Iterable[Sample]
    reference: Callable[..., Any]
    extension: str
    several: bool
    internal: bool
    kinks: Iterable[Kink]
    selects: bool


_ELEMENTWISE_SAMPLES: dict[int, tuple[Sample, ...]] = {
    1: (sample(()), sample((3,)), sample((2, 3)), sample((0,))),
    2: (
        sample((), ()),
        sample((3,), (3,)),
        sample((2, 3), (3,)),
        sample((2, 1), (1, 3)),
        sample((), (2, 3)),
        sample((1, 3), (4, 2, 1)),
        sample((2, 0), (0,)),
    ),
    3: (sample((2, 3), (2, 3), (2, 3)), sample((3,), (2, 1), ()), sample((), (2, 3), (3,))),
}


class Operation:
    """One operation with its derivative: what a decorator makes of a declaration.

    Attributes
    ----------
    name : str
        The function's name; unique.
    kind : str
        Which decorator declared it.
    forward : callable
        ``forward(xp, *arrays, **params)``, the value.
    vjps : tuple of callables, or None
        Per array argument the rule of the reverse mode; one for all if the operation takes a list.
    jvp : callable or None
        ``jvp(xp, tangents, y, *arrays, **params)``.
    joint : bool
        Linear in all arguments together (as `concat`), not in each for itself (as `matmul`).
    variadic : bool
        Takes a list of arrays; the rule is told the ``position`` of its argument in it.
    aliases : bool
        The result may share memory with an argument.
    domain, samples, reference
        For the tests: where to draw values, what to call, and the NumPy function that computes the same.
    extension, several, internal, kinks, selects
        See `Options`.
    function : callable
        The public function.
    bound : tuple of str
        The operators and methods of Tensor that it is.
    kept : dict
        The answers of `keeping` so far.
    forward_of : dict
        Array type -> the value as a function of arrays alone.
    """

    def __init__(
        self,
        forward: Callable[..., Any],
        kind: Kind,
        vjps: tuple[Rule | None, ...] | None = None,
        *,
        jvp: Rule | None = None,
        joint: bool = False,
        aliases: bool = False,
        **options: Unpack[Options],
    ) -> None:
        self.name = checked_name(forward)
        self.kind = kind
        self.forward = forward
        self.vjps = vjps
        self.jvp = jvp
        self.joint = joint
        self.aliases = aliases
        self.operator = options.get("operator")
        self.method = options.get("method", False)
        self.holomorphic = options.get("holomorphic", True)
        self.domain = options.get("domain", REAL)
        self.reference = options.get("reference")
        self.extension = options.get("extension", "")
        self.several = options.get("several", False)
        self.internal = options.get("internal", False)
        self.kinks = tuple(options.get("kinks", ()))
        self.selects = options.get("selects", False)
        self.signature = inspect.signature(forward)
        parameters = list(self.signature.parameters.values())[1:]
        lists = [p.name for p in parameters if p.kind is p.VAR_POSITIONAL]
        self.variadic = lists == ["arrays"]
        self.indexed = lists == ["index"]
        positional_only = [p.name for p in parameters if p.kind is p.POSITIONAL_ONLY]
        count = len(positional_only) if vjps is None else 0 if self.variadic else len(vjps)
        self.array_names = tuple(p.name for p in parameters[:count])
        check(self)
        self.samples = tuple(options.get("samples", ())) or self._default_samples()
        self.function: Callable[..., Tensor]
        self.bound: tuple[str, ...] = ()
        self.kept: dict[int, tuple[bool, tuple[int, ...]]] = {}
        self.forward_of = Bound(forward)

    def _default_samples(self) -> tuple[Sample, ...]:
        if self.kind == "elementwise" and len(self.array_names) in _ELEMENTWISE_SAMPLES:
            return _ELEMENTWISE_SAMPLES[len(self.array_names)]
        raise ValueError(
            f"operation {self.name!r} has no samples: give samples=[sample((3, 4), axis=1), ...], "
            "or nobody would ever test its derivative"
        )

    def rule(self, position: int) -> Rule | None:
        """The reverse rule of the array argument at `position`."""
        if self.vjps is None:
            return None
        return self.vjps[0] if self.variadic else self.vjps[position] if position < len(self.vjps) else None

    def keeping(self, tracked: int, count: int) -> tuple[bool, tuple[int, ...]]:
        """What has to be kept for the rules, if the arguments in the bit mask `tracked` need gradients.

        Returns
        -------
        value : bool
            Whether a rule reads the output.
        unread : tuple of int
            Which of `count` arguments no rule reads.
        """
        rules = [self.rule(k) for k in range(count) if tracked >> k & 1]
        reads = [_reads(rule, count) for rule in (*rules, self.jvp) if rule is not None]
        unread = tuple([k for k in range(count) if not any(of_rule[1 + k] for of_rule in reads)])
        answer = (any(of_rule[0] for of_rule in reads), unread)
        if not self.variadic:
            self.kept[tracked] = answer
        return answer

    def __repr__(self) -> str:
        return f"<{self.kind} operation {self.name}>"


def _reads(rule: Rule, count: int) -> tuple[bool, ...]:
    """Whether `rule` reads y and each of `count` arguments: those not written with an underscore."""
    names: list[bool] = []
    for parameter in list(inspect.signature(rule).parameters.values())[2:]:
        read = not parameter.name.startswith("_")
        if parameter.kind is parameter.VAR_POSITIONAL:
            names += [read] * (count + 1 - len(names))
        elif parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            names.append(read)
    return tuple(names)
