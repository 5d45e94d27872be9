"""What `gradcheck` says: a verdict per input, the numbers behind it, and the error that carries both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .coordinates import Coordinate

Mode = Literal["reverse", "forward", "gradient"]
Verdict = Literal["right", "wrong", "kink", "noise floor too high", "can't be checked"]
ORDER: tuple[Verdict, ...] = ("wrong", "can't be checked", "kink", "noise floor too high", "right")
"""From the gravest on: the verdict on the whole is the first of these among the inputs'."""


@dataclass(frozen=True)
class Disagreement:
    """One derivative that is not what the oracle says.

    Attributes
    ----------
    mode : str
        "reverse", "forward", or "gradient" for a hand-written one.
    input : int
        The position of the input among the arguments of the function.
    shape : tuple of int
        That input's shape.
    entry : Coordinate
        Which entry of the input (and which part of a complex one).
    output : Coordinate
        Which entry of the output.
    analytic, numeric : float
        The derivative by the rules, and by the oracle.
    error_bound : float
        How far the two may be apart, by truncation and rounding.
    oracle : str
        "differences", "the complex step", or "forward mode" where only that contradicts.
    """

    mode: Mode
    input: int
    shape: tuple[int, ...]
    entry: Coordinate
    output: Coordinate
    analytic: float
    numeric: float
    error_bound: float
    oracle: str = "differences"

    @property
    def ratio(self) -> float:
        """The analytic derivative divided by the numeric one."""
        if self.numeric == 0:
            return float("nan") if np.isnan(self.analytic) else float(np.copysign(np.inf, self.analytic))
        return self.analytic / self.numeric

    @property
    def excess(self) -> float:
        """How many times its bound it is off."""
        off = abs(self.analytic - self.numeric)
        return float("inf") if np.isnan(off) else off / max(self.error_bound, float(np.finfo(np.float64).tiny))

    def __str__(self) -> str:
        source = "hand-written gradient" if self.mode == "gradient" else f"{self.mode} mode"
        verb = "give" if self.oracle == "differences" else "gives"
        return (
            f"input {self.input} (shape {self.shape}), {self.entry}, {source}: the derivative of "
            f"output {self.output.array}, {self.output}, is {self.analytic:.12g}, but {self.oracle} {verb} "
            f"{self.numeric:.12g} (within {self.error_bound:.1e}), ratio {self.ratio:.9g}"
        )


@dataclass(frozen=True)
class InputVerdict:
    """What is known of the derivatives by one input.

    Attributes
    ----------
    input : int
        Its position among the arguments.
    shape : tuple of int
    verdict : str
        "right", "wrong", "kink", "noise floor too high" or "can't be checked".
    reason : str
        What the verdict rests on, in words.
    entry, output : Coordinate or None
        The derivative that decided: the worst one, that at the kink. None where all are right or none was reached.
    left, right : float
        At a kink, the slopes on both sides; else nan.
    error : float
        The largest difference from the oracle, divided by the derivative; of derivatives that are zero, by the largest
        one by this input. nan where none was compared.
    resolution : float
        The smallest relative error that would have been seen in every entry.
    """

    input: int
    shape: tuple[int, ...]
    verdict: Verdict
    reason: str
    entry: Coordinate | None = None
    output: Coordinate | None = None
    left: float = float("nan")
    right: float = float("nan")
    error: float = float("nan")
    resolution: float = float("nan")

    def __str__(self) -> str:
        return f"input {self.input} (shape {self.shape}): {self.verdict}. {self.reason}"


@dataclass(frozen=True, eq=False)
class GradcheckReport:
    """The answer of `gradcheck`: true where every input is right.

    Attributes
    ----------
    verdicts : tuple of InputVerdict
        One per floating or complex input.
    disagreements : tuple of Disagreement
        All wrong derivatives, the worst first.
    compared : int
        How many derivatives were compared.
    order : int
        1 for the function's own derivative, 2 for the derivative of that.
    """

    verdicts: tuple[InputVerdict, ...]
    disagreements: tuple[Disagreement, ...] = ()
    compared: int = 0
    order: int = 1

    @property
    def ok(self) -> bool:
        """Whether every input is right."""
        return self.verdict == "right"

    @property
    def verdict(self) -> Verdict:
        """The gravest of the inputs' verdicts."""
        return min((v.verdict for v in self.verdicts), key=ORDER.index)

    def __bool__(self) -> bool:
        return self.ok

    def __eq__(self, other: object) -> bool:
        return self.ok == other if isinstance(other, bool) else NotImplemented

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        # In a session or a doctest it reads as the truth value that it is; print() shows the report.
        return repr(self.ok)

    def __str__(self) -> str:
        lines = [f"gradcheck (order {self.order}): {self.verdict}"]
        if self.disagreements:
            lines[0] += ". " + explained(self.disagreements, self.compared)
        return "\n".join(lines + [f"  {verdict}" for verdict in self.verdicts])


class GradcheckError(AssertionError):
    """A derivative is wrong, or couldn't be checked.

    Attributes
    ----------
    report : GradcheckReport
        Everything that is known.
    verdict : str
        The gravest of the inputs' verdicts.
    verdicts : tuple of InputVerdict
        One per floating or complex input.
    disagreements : list of Disagreement
        All wrong derivatives, the worst first; empty where the verdict is another one than "wrong".
    order : int
        1 for the function's own derivative, 2 for the derivative of that.
    """

    __module__ = "autodiff"

    def __init__(self, report: GradcheckReport) -> None:
        super().__init__(str(report))
        self.report = report
        self.verdict = report.verdict
        self.verdicts = report.verdicts
        self.disagreements = list(report.disagreements)
        self.order = report.order

    @property
    def worst(self) -> Disagreement:
        """The one that is farthest off, measured by its error bound."""
        if not self.disagreements:
            raise ValueError("no derivative was found wrong: " + self.verdict)
        return self.disagreements[0]


def explained(wrong: Sequence[Disagreement], compared: int) -> str:
    """How many are wrong, the worst, and whether the ratio is constant."""
    ratios = np.array([d.ratio for d in wrong])
    same = len(wrong) > 1 and np.isfinite(ratios).all() and np.ptp(ratios) <= 1e-6 * np.abs(ratios).max()
    return f"{len(wrong)} of {compared} derivatives are wrong. The worst: {wrong[0]}" + (
        "; the ratio is the same for all" if same else ""
    )
