"""`gradcheck`: every derivative that reverse and forward mode give, against difference quotients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ..op.recording import as_tensor
from .coordinates import Coordinate, as_vector, coordinates
from .differences import Slope
from .problem import Matrix, Problem

Mode = Literal["reverse", "forward"]

RESOLUTION = 2.5e-4
"""A derivative is determined if its relative error is below half of the 0.05 % that have to be noticed."""
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
            f"input {self.input} (shape {self.shape}), {self.entry}, {self.mode} mode: the derivative of "
            f"output {self.output.array}, {self.output}, is {self.analytic:.12g}, but differences give "
            f"{self.numeric:.12g} (within {self.error_bound:.1e}), ratio {self.ratio:.9g}"
        )


class GradcheckError(AssertionError):
    """A derivative is wrong, or none could be checked.

    Attributes
    ----------
    disagreements : list of Disagreement
        All that were found, the worst first; empty where differences could determine none by an input.
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

    There is no tolerance to choose: central differences are extrapolated to step 0 and come with a bound on
    their truncation and rounding errors; a derivative is wrong if it is farther off than that. One that is
    off by 0.05 % is noticed.

    Parameters
    ----------
    f : callable
        Takes the inputs as separate arguments and returns a Tensor or a tuple of them. It has to be
        deterministic.
    inputs : array_like or tuple of array_like
        Where to check. Floating and complex inputs are varied (of a complex one the real and the imaginary
        part), integer and boolean ones are constants. For single precision the differences are computed in
        double.
    order : int
        2 checks the derivative of the derivative, too: that of reverse mode, as a function of the inputs and
        of the cotangents.
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
        A derivative is wrong; the error names the input, the entry, both numbers and their ratio. Or none by
        some input could be determined to 0.05 %, because the function is not finite around it, has a kink
        there (any slope between those on its two sides is right), or is too noisy.
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
    problem = Problem(f, [np.array(as_tensor(x).detach().numpy()) for x in given])
    for k in range(1, order + 1):
        error = _error(problem, modes, k)
        if error is not None:
            if raise_exception:
                raise error
            return False
        if k < order:
            problem = problem.derivative()
    return True


def _error(problem: Problem, modes: Sequence[Mode], order: int) -> GradcheckError | None:
    """What is to be said against a problem's derivatives."""
    in_double = problem.in_double()
    slopes = in_double.slopes()
    wrong: list[Disagreement] = []
    count = 0
    for variant in [in_double] if in_double is problem else [in_double, problem]:
        bound = slopes.error + _rounding(variant, slopes)
        for mode in modes:
            with np.errstate(all="ignore"):  # an infinite derivative is a finding, not a warning
                analytic = variant.reverse() if mode == "reverse" else variant.forward()
            wrong += _disagreements(variant, slopes, bound, mode, analytic)
            count += analytic.size
    if wrong:
        wrong.sort(key=lambda d: -np.inf if np.isnan(d.analytic) else -abs(d.analytic - d.numeric) / d.error_bound)
        return GradcheckError(_explained(wrong, count, order), wrong, order)
    for k, determined in zip(problem.varied, _determined(in_double, slopes), strict=True):
        if not determined:
            return GradcheckError(
                f"gradcheck (order {order}): no derivative by input {k} (shape {problem.inputs[k].shape}) "
                "can be determined by differences, since the function is not finite around it, has a kink "
                "there or is too noisy; choose another point",
                order=order,
            )
    return None


def _excess(d: Disagreement) -> float:
    """How many times its bound a derivative is off."""
    if np.isnan(d.analytic):
        return float("inf")
    return abs(d.analytic - d.numeric) / max(d.error_bound, float(np.finfo(np.float64).tiny))


def _rounding(problem: Problem, slopes: Slope) -> Matrix:
    """How far rounding may have put the analytic derivatives off."""
    largest = np.abs(slopes.value[np.isfinite(slopes.error)]).max(initial=0.0)
    sizes = np.abs(as_vector(problem.outputs))[:, None] / np.maximum(np.abs(as_vector(problem.point)), 1.0)
    return np.asarray(ROUNDINGS * problem.epsilon * (largest + sizes))


def _disagreements(problem: Problem, slopes: Slope, bound: Matrix, mode: Mode, analytic: Matrix) -> list[Disagreement]:
    """The derivatives that are farther from the difference quotients than these can be wrong."""
    off = ~(np.abs(analytic - slopes.value) <= bound) & (slopes.converged | np.isnan(analytic)) & np.isfinite(bound)
    rows, columns = coordinates(problem.outputs), coordinates(problem.point)
    return [
        Disagreement(
            mode,
            problem.varied[columns[k].array],
            problem.point[columns[k].array].shape,
            columns[k],
            rows[j],
            float(analytic[j, k]),
            float(slopes.value[j, k]),
            float(bound[j, k]),
        )
        for j, k in np.argwhere(off)
    ]


def _determined(problem: Problem, slopes: Slope) -> list[bool]:
    """For each varied input whether differences determine at least one derivative by it, if it has any."""
    size = np.abs(slopes.value)
    # A derivative that is zero has no relative error: beside the output itself it has to be small.
    zero = size <= slopes.error
    scale = np.where(zero, np.maximum(np.abs(as_vector(problem.outputs))[:, None], size.max(initial=0.0)), size)
    determined = slopes.converged & (slopes.error <= RESOLUTION * scale)
    owner = np.array([c.array for c in coordinates(problem.point)], dtype=int)
    blocks = [determined[:, owner == k] for k in range(len(problem.point))]
    return [not block.size or bool(block.any()) for block in blocks]


def _explained(wrong: list[Disagreement], count: int, order: int) -> str:
    ratios = np.array([d.ratio for d in wrong])
    same = len(wrong) > 1 and np.isfinite(ratios).all() and np.ptp(ratios) <= 1e-6 * np.abs(ratios).max()
    return f"gradcheck (order {order}): {len(wrong)} of {count} derivatives are wrong. The worst: {wrong[0]}" + (
        "; the ratio is the same for all" if same else ""
    )
