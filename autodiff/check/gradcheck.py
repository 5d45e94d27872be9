"""`gradcheck`: every derivative that reverse and forward mode give, against difference quotients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ..graph import no_grad
from ..op import as_tensor
from ..tensor import Tensor
from ..transforms import jvp, vjp
from .coordinates import Coordinate, as_vector, coordinates, displaced, unit_vectors
from .differences import Slope, Vector, slope

Mode = Literal["reverse", "forward"]
Arrays = list[np.ndarray[Any, Any]]
Matrix = np.ndarray[Any, np.dtype[np.float64]]
"""A Jacobian in real coordinates: a row per output, a column per input."""

RESOLUTION = 2.5e-4
"""An entry counts as checked if its relative error bound is below this: half of the 0.05 % that has to be noticed."""
ROUNDINGS = 64
"""How many rounding errors, of the size of the largest numbers involved, a derivative may have collected."""


@dataclass(frozen=True)
class Disagreement:
    """One derivative that is not what the difference quotients say.

    Attributes
    ----------
    mode : str
        "reverse" or "forward".
    input : int
        The position of the input among the arguments of the function.
    shape : tuple of int
        That input's shape.
    entry : Coordinate
        Which entry of the input (and which part of a complex one).
    output : Coordinate
        Which entry of the output.
    analytic, numeric : float
        The derivative by the rules, and by differences.
    error_bound : float
        How far the two may be apart, by truncation and rounding.
    """

    mode: Mode
    input: int
    shape: tuple[int, ...]
    entry: Coordinate
    output: Coordinate
    analytic: float
    numeric: float
    error_bound: float

    @property
    def ratio(self) -> float:
        """The analytic derivative divided by the numeric one."""
        if self.numeric == 0:
            return float("nan") if np.isnan(self.analytic) else float(np.copysign(np.inf, self.analytic))
        return self.analytic / self.numeric

    def __str__(self) -> str:
        return (
            f"input {self.input} (shape {self.shape}), {self.entry}, {self.mode} mode: the derivative of output "
            f"{self.output.array}, {self.output}, is {self.analytic:.12g}, but differences give {self.numeric:.12g} "
            f"(within {self.error_bound:.1e}), ratio {self.ratio:.9g}"
        )


class GradcheckError(AssertionError):
    """A derivative is wrong, or none could be checked.

    Attributes
    ----------
    disagreements : list of Disagreement
        All that were found, the worst first; empty where differences could determine no derivative by an input.
    order : int
        1 for the function's own derivative, 2 for the derivative of that.
    """

    def __init__(self, message: str, disagreements: Sequence[Disagreement] = (), order: int = 1) -> None:
        super().__init__(message)
        self.disagreements = list(disagreements)
        self.order = order

    @property
    def worst(self) -> Disagreement:
        """The one that is farthest off, measured by its error bound."""
        if not self.disagreements:
            raise ValueError("no derivative was found wrong: none could be checked")
        return self.disagreements[0]


def gradcheck(
    f: Callable[..., Any],
    inputs: Any,
    *,
    order: int = 1,
    modes: Sequence[Mode] = ("reverse", "forward"),
    raise_exception: bool = True,
) -> bool:
    """Compare the derivatives of a function with difference quotients, every entry by every entry.

    There is no tolerance to choose: central differences are extrapolated to step 0 and come with a bound on their
    truncation and rounding errors, and a derivative is wrong if it is farther off than that. A derivative that is off
    by 0.05 % is noticed.

    Parameters
    ----------
    f : callable
        Takes the inputs as separate arguments and returns a Tensor or a tuple of them. Has to be deterministic.
    inputs : array_like or tuple of array_like
        Where to check. Floating and complex inputs are varied (of a complex one the real and the imaginary part),
        integer and boolean ones are constants. In single precision the differences are computed in double.
    order : int
        2 checks the derivative of the derivative, too: that of reverse mode, contracted with a fixed cotangent.
    modes : sequence of {"reverse", "forward"}
        Which modes to check.
    raise_exception : bool
        Whether to raise, or to return False.

    Returns
    -------
    bool
        True if every derivative agrees.

    Raises
    ------
    GradcheckError
        A derivative is wrong; the error names the input, the entry, both numbers and their ratio. Or none by some
        input could be determined to 0.05 %, because the function is not finite around it, has a kink there
        (any slope between those on its two sides is right), or is too noisy.
    TypeError
        No input, or no output, is floating or complex.

    Examples
    --------
    >>> import autodiff as ad
    >>> from autodiff.check import gradcheck
    >>> gradcheck(lambda x, y: x * ad.sin(y), ([1.0, 2.0], 0.5), order=2)
    True
    """
    unknown = set(modes) - {"reverse", "forward"}
    if unknown or not modes:
        raise ValueError(f"gradcheck: modes are 'reverse' and 'forward', got {tuple(modes)!r}")
    if order < 1:
        raise ValueError(f"gradcheck: order is 1 or more, got {order}")
    given = inputs if isinstance(inputs, tuple) else (inputs,)
    problem = Problem(f, [np.array(_raw(as_tensor(x))) for x in given])
    for k in range(1, order + 1):
        message, disagreements = _verdict(problem, modes)
        if message:
            if raise_exception:
                raise GradcheckError(f"gradcheck, order {k}: {message}", disagreements, k)
            return False
        if k < order:
            problem = problem.derivative()
    return True


# A function and its Jacobians -----------------------------------------------------------------------------------------


class Problem:
    """A function and the point at which its derivatives are checked.

    Attributes
    ----------
    inputs : list of array
        All arguments.
    varied : list of int
        The positions of the floating and complex ones among them.
    outputs : list of array
        The floating and complex outputs at this point.
    """

    def __init__(self, f: Callable[..., Any], inputs: Arrays) -> None:
        self._f = f
        self.inputs = inputs
        self.varied = [k for k, x in enumerate(inputs) if _is_differentiable(x)]
        if not self.varied:
            raise TypeError(f"gradcheck: no floating or complex input among {[str(x.dtype) for x in inputs]}")
        self.outputs = self._values(self.point)
        if not self.outputs:
            raise TypeError("gradcheck: the function returns nothing floating or complex, so it has no derivative")

    @property
    def point(self) -> Arrays:
        """The inputs that are varied."""
        return [self.inputs[k] for k in self.varied]

    @property
    def epsilon(self) -> float:
        """The rounding error of the least precise input or output."""
        return max(float(np.finfo(x.dtype).eps) for x in (*self.point, *self.outputs))

    def in_double(self) -> Problem:
        """The same in double precision; the problem itself if it is so already."""
        inputs = [np.asarray(x, np.result_type(x, np.float64)) if _is_differentiable(x) else x for x in self.inputs]
        same = all(x.dtype == y.dtype for x, y in zip(inputs, self.inputs, strict=True))
        return self if same else Problem(self._f, inputs)

    def derivative(self) -> Problem:
        """Reverse mode as a function itself, of the inputs and of the cotangents."""
        generator = np.random.default_rng(0)
        cotangents = [_random(generator, y) for y in self.outputs]
        count = len(self.inputs)

        def gradient(*arguments: Any) -> tuple[Tensor, ...]:
            inputs = arguments[:count]
            _, pull = vjp(_restricted(self._f, inputs, self.varied), *[inputs[k] for k in self.varied])
            return pull(arguments[count:])

        return Problem(gradient, [*self.inputs, *cotangents])

    def reverse(self) -> Matrix:
        """The Jacobian by reverse mode, a row at a time."""
        _, pull = vjp(_restricted(self._f, self.inputs, self.varied), *self.point)
        rows = [as_vector([_raw(g) for g in pull(tuple(unit))]) for unit in unit_vectors(self.outputs)]
        return np.array(rows).reshape(len(rows), len(coordinates(self.point)))

    def forward(self) -> Matrix:
        """The Jacobian by forward mode, a column at a time."""
        f = _restricted(self._f, self.inputs, self.varied)
        pushed = [jvp(f, self.point, unit)[1] for unit in unit_vectors(self.point)]
        columns = [as_vector([_raw(t) for t in tangents]) for tangents in pushed]
        return np.array(columns).reshape(len(columns), len(coordinates(self.outputs))).T

    def slopes(self) -> Slope:
        """The Jacobian by differences."""
        point = self.point
        columns = [self._column(c, x) for c, x in zip(coordinates(point), as_vector(point), strict=True)]
        shape = (len(columns), len(coordinates(self.outputs)))
        return Slope(
            np.array([c.value for c in columns]).reshape(shape).T,
            np.array([c.error for c in columns]).reshape(shape).T,
            np.array([c.converged for c in columns], dtype=bool).reshape(shape).T,
        )

    def _column(self, coordinate: Coordinate, x: float) -> Slope:
        def outputs(t: float) -> Vector:
            moved = self.point
            moved[coordinate.array] = displaced(moved[coordinate.array], coordinate, t)
            return as_vector(self._values(moved))

        return slope(outputs, x)

    def _values(self, point: Arrays) -> Arrays:
        with no_grad():
            return [_raw(y) for y in _restricted(self._f, self.inputs, self.varied)(*point)]


def _restricted(
    f: Callable[..., Any], inputs: Sequence[Any], varied: Sequence[int]
) -> Callable[..., tuple[Tensor, ...]]:
    """`f` as a function of the varied inputs alone, with floating and complex outputs alone, always in a tuple."""

    def restricted(*point: Any) -> tuple[Tensor, ...]:
        arguments = list(inputs)
        for k, x in zip(varied, point, strict=True):
            arguments[k] = x
        result = f(*map(as_tensor, arguments))
        outputs = map(as_tensor, result if isinstance(result, (tuple, list)) else (result,))
        return tuple([y for y in outputs if _is_differentiable(y)])

    return restricted


def _is_differentiable(x: Any) -> bool:
    return np.dtype(x.dtype).kind in "fc"


def _raw(x: Tensor) -> np.ndarray[Any, Any]:
    return x.detach().numpy()


def _random(generator: np.random.Generator, like: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Numbers between 1/2 and 3/2 of either sign, in the shape and dtype of `like`."""
    signs = generator.choice([-1.0, 1.0], (2, *like.shape))
    parts = signs * generator.uniform(0.5, 1.5, (2, *like.shape))
    return np.asarray(parts[0] + 1j * parts[1] if like.dtype.kind == "c" else parts[0], dtype=like.dtype)


# The comparison -------------------------------------------------------------------------------------------------------


def _verdict(problem: Problem, modes: Sequence[Mode]) -> tuple[str, list[Disagreement]]:
    """What is wrong with a problem's derivatives, in words, and one by one; the words are empty if nothing is."""
    in_double = problem.in_double()
    slopes = in_double.slopes()
    wrong: list[tuple[float, Disagreement]] = []
    count = 0
    for mode in modes:
        for variant in (in_double,) if in_double is problem else (in_double, problem):
            analytic = variant.reverse() if mode == "reverse" else variant.forward()
            bound = slopes.error + _rounding(variant, slopes)
            wrong += _disagreements(problem, slopes, bound, mode, analytic)
            count += analytic.size
        ...
    return "", []
