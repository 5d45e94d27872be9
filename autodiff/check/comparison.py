"""The derivatives of a function by all methods side by side, and the verdict on each input that follows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from .conduct import branch
from .coordinates import as_vector, coordinates
from .differences import NEGLIGIBLE, Mask
from .problem import Matrix, Problem
from .verdict import Disagreement, GradcheckReport, InputVerdict, Mode, Verdict

RESOLUTION = 5e-5
"""A derivative is determined if its relative error is below half of the 0.01 % that have to be noticed."""
FLOOR = 2e-5
"""A relative difference that is let pass as rounding. With RESOLUTION it stays below the 0.01 %."""
BESIDE = 1e-6
"""How exactly a derivative has to be known beside a larger one by the same input."""
TINY = 1e-12
"""Derivatives this much smaller than others by the same input, or entry, are left of cancellation: zero."""
UNDERFLOW = 1e-150
"""Derivatives below it are zero: the function's values have underflowed."""
ROUNDINGS = 64
"""How many rounding errors, of the size of the largest numbers involved, a derivative may have collected."""
SPREADS = 16
"""How many times what a derivative changes by between points a few rounding errors apart may be rounding."""
NEIGHBOURS = 6
"""How many points that is measured at."""
KINK = 1e-3
"""The relative error up to which the jump of a slope has to be known for a kink."""


class Rules:
    """A Jacobian by one mode, and how much of it is rounding."""

    def __init__(self, problem: Problem, mode: Mode) -> None:
        self.problem = problem
        self.mode: Mode = mode
        self.value = problem.analytic(mode)

    @cached_property
    def spread(self) -> Matrix:
        """By how much it changes between points a few rounding errors apart: its own noise, measured."""
        generator = np.random.default_rng(0)
        around = [self.problem.nearby(generator).analytic(self.mode) for _ in range(NEIGHBOURS)]
        changes = [np.abs(a - self.value) for a in around if a.shape == self.value.shape]
        return np.asarray(np.fmax.reduce([*changes, np.zeros_like(self.value)]))

    @property
    def range_in_double(self) -> tuple[Matrix, Matrix]:
        """Between which values it is in double precision within a few roundings of the given one: beside a kink."""
        generator = np.random.default_rng(0)
        problems = [self.problem, *[self.problem.nearby(generator, ROUNDINGS) for _ in range(NEIGHBOURS)]]
        values = [problem.in_double().analytic(self.mode) for problem in problems]
        return np.fmin.reduce(values), np.fmax.reduce(values)


class Comparison:
    """The derivatives of one problem by all methods, side by side: a row per output, a column per input."""

    def __init__(self, in_double: Problem, given: Problem, modes: Sequence[Mode], order: int) -> None:
        self.problem = in_double
        self.given = given
        self.order = order
        self.rows, self.columns = coordinates(in_double.outputs), coordinates(in_double.point)
        owners = np.array([c.array for c in self.columns], dtype=int)
        self.owned = [owners == k for k in range(len(in_double.point))]
        self.epsilon = in_double.epsilon
        self.rules = [Rules(in_double, mode) for mode in modes]
        self.slopes = in_double.slopes()
        self.scale = np.abs(as_vector(in_double.outputs))[:, None]
        self.step = in_double.complex_step()
        self.holomorphic = self.step is not None and in_double.is_holomorphic()
        self.numeric, self.bound, self.sharpened = self._sharpened()
        self.beside = self._beside()
        self.rounding = ROUNDINGS * self.epsilon * self.beside
        self.single = [] if given is in_double else [Rules(given, mode) for mode in modes]

    # The oracles -----------------------------------------------------------------------------------------------------

    def _sharpened(self) -> tuple[Matrix, Matrix, Mask]:
        """The differences, by the complex step where that is usable."""
        value, bound = self.slopes.value, self.slopes.error
        step = self.step
        if step is None:
            return value, bound, np.zeros(value.shape, bool)
        sharper = np.minimum(bound, self.epsilon * ROUNDINGS * np.abs(step))
        agrees = (np.abs(step - value) <= bound + sharper) & np.isfinite(bound)
        # Of other code the numbers may mean something else. There they only help out: where differences can tell that
        # they are about right, and no more.
        size = np.abs(value)
        known = self.holomorphic or ((bound > RESOLUTION * size) & (bound <= 1e-2 * size))
        usable = agrees & known & ~self.clean_kink & ~self.slopes.jumps
        return np.where(usable, step, value), np.where(usable, sharper, bound), usable

    def _beside(self) -> Matrix:
        """The largest derivative by the same entry, or by another one of that input, of the same output."""
        size = np.where(np.isfinite(self.bound), np.abs(self.numeric), 0.0)
        largest = np.broadcast_to(size.max(axis=0, initial=0.0), size.shape).copy()
        for own in self.owned:
            largest[:, own] = np.maximum(largest[:, own], size[:, own].max(axis=1, initial=0.0)[:, None])
        return largest

    @cached_property
    def clean_kink(self) -> Mask:
        """Where the slopes on both sides are known, and differ."""
        jump = np.abs(self.slopes.kink)
        known = self.slopes.error <= (0.5 + KINK) * jump
        return np.asarray((jump > 0) & known & ~self.slopes.jumps)

    # What is wrong ---------------------------------------------------------------------------------------------------

    def _wrong(self) -> list[Disagreement]:
        found = [d for rules in self.rules for d in self._against_oracles(rules)]
        found += [d for rules in self.single for d in self._in_single_precision(rules)]
        if len(self.rules) == 2:
            found += self._against_each_other(*self.rules)
        return sorted(found, key=lambda d: -d.excess)

    def _against_oracles(self, rules: Rules) -> list[Disagreement]:
        settled = self.slopes.converged | self.sharpened | self.clean_kink
        suspect = ~self._agrees(rules) & settled & np.isfinite(self.bound) & ~self._is_zero(rules.value)
        if suspect.any():
            off = np.abs(rules.value - self.numeric)
            suspect &= ~(off <= self._allowed + SPREADS * rules.spread) & ~self._confirmed(rules)
            point = as_vector(self.problem.point)
            for j, k in np.argwhere(suspect & (self.slopes.value == 0) & np.isfinite(rules.value)):
                suspect[j, k] = not self.problem.is_staircase(int(j), self.columns[k], float(point[k]))
        return self._listed(suspect, rules, self.numeric, self._allowed)

    @cached_property
    def _allowed(self) -> Matrix:
        return self.bound + self.rounding + FLOOR * np.abs(self.numeric) + UNDERFLOW

    def _agrees(self, rules: Rules) -> Mask:
        return np.asarray(np.abs(rules.value - self.numeric) <= self._allowed)

    def _confirmed(self, rules: Rules) -> Mask:
        """Where the complex step has the derivative that differences don't see, since the values stand still.

        So ``log(1 - s)`` at a saturated s, a staircase of a few steps: the step goes through the function, not through
        the rules, so a wrong rule isn't confirmed.
        """
        if self.step is None or not self.holomorphic:
            return np.zeros(rules.value.shape, bool)
        return np.asarray(np.abs(rules.value - self.step) <= FLOOR * np.abs(self.step))

    def _is_zero(self, value: Matrix) -> Mask:
        """Where both sides are zero as far as rounding goes: of the values, or of far larger derivatives."""
        rounding = ROUNDINGS * self.epsilon * (self.beside + self.scale)
        by_values = (np.abs(self.numeric) <= self.bound + 1e-2 * rounding) & (np.abs(value) <= rounding)
        return np.asarray(by_values | self._is_tiny(value))

    def _is_tiny(self, value: Matrix) -> Mask:
        return np.asarray(np.maximum(np.abs(self.numeric), np.abs(value)) < TINY * self.beside)

    def _in_single_precision(self, rules: Rules) -> list[Disagreement]:
        """The given precision, which may lose digits, as long as the function's values lose them, too."""
        outputs, exact = as_vector(self.given.outputs), as_vector(self.problem.outputs)
        lost = np.abs(outputs - exact) / np.maximum(np.abs(exact), np.finfo(np.float64).tiny)
        lost = np.where(lost <= 1 / SPREADS, SPREADS * lost, np.inf)[:, None]  # nan: no value, no derivative
        off = np.abs(rules.value - self.numeric)
        largest = np.abs(self.numeric[np.isfinite(self.bound)]).max(initial=0.0)
        point = np.maximum(np.abs(as_vector(self.problem.point)), 1.0)
        rounding = ROUNDINGS * rules.problem.epsilon * (largest + self.scale / point)
        allowed = self._allowed + rounding
        settled = self.slopes.converged | self.sharpened | self.clean_kink
        suspect = (off > allowed) & settled & np.isfinite(self.bound) & np.isfinite(lost) & np.isfinite(off)
        if suspect.any():
            low, high = rules.range_in_double
            inside = (rules.value >= low - allowed) & (rules.value <= high + allowed)
            suspect &= ~inside & (off > allowed + lost * np.abs(self.numeric) + SPREADS * rules.spread)
        return self._listed(suspect, rules, self.numeric, allowed)

    def _against_each_other(self, reverse: Rules, forward: Rules) -> list[Disagreement]:
        """Where the oracles can't tell: both modes are the same up to rounding, or one is wrong."""
        allowed = RESOLUTION * (np.abs(reverse.value) + np.abs(forward.value))
        unclear = ~self._resolved(reverse) & ~self.clean_kink & np.isfinite(reverse.value) & np.isfinite(forward.value)
        suspect = unclear & (np.abs(reverse.value - forward.value) > allowed) & ~self.slopes.jumps
        if suspect.any():
            allowed = allowed + SPREADS * (reverse.spread + forward.spread)
            largest = np.abs(reverse.value[np.isfinite(reverse.value)]).max(initial=0.0)
            allowed = allowed + ROUNDINGS * self.epsilon * largest
            suspect &= np.abs(reverse.value - forward.value) > allowed
        return self._listed(suspect, reverse, forward.value, allowed, "forward mode")

    def _listed(
        self, wrong: Mask, rules: Rules, numeric: Matrix, bound: Matrix, oracle: str = ""
    ) -> list[Disagreement]:
        found = []
        for j, k in np.argwhere(wrong):
            column = self.columns[k]
            source = oracle or ("the complex step" if self.sharpened[j, k] else "differences")
            number = self.problem.varied[column.array]
            shape = self.problem.inputs[number].shape
            numbers = float(rules.value[j, k]), float(numeric[j, k]), float(bound[j, k])
            found.append(Disagreement(rules.mode, number, shape, column, self.rows[j], *numbers, source))
        return found

    # What is right, and what can't be known --------------------------------------------------------------------------

    def _resolved(self, rules: Rules) -> Mask:
        """Where an error of 0.01 % would have been seen; beside larger derivatives by the same input, a larger one."""
        agrees = self._agrees(rules)
        size = np.abs(self.numeric)
        seen = (self.bound <= RESOLUTION * size) & agrees
        known = np.where(seen, size, 0.0)
        for own in self.owned:
            seen[:, own] |= (self.bound[:, own] <= BESIDE * known[:, own].max(initial=0.0)) & agrees[:, own]
        # A derivative that is zero has no relative error: beside the function's value it has to be small.
        largest = np.maximum(self.scale, known.max(initial=0.0))
        error = self.slopes.error
        zero = (size <= error) & (error <= NEGLIGIBLE * largest) & (agrees | self._is_zero(rules.value))
        zero |= (size == 0) & (error == 0) & agrees
        seen |= (zero & (rules.value == 0)) | self._is_tiny(rules.value)
        if (zero & ~seen).any():
            seen |= zero & (np.abs(rules.value) <= SPREADS * rules.spread)
        return np.asarray(seen)

    def report(self) -> GradcheckReport:
        """A verdict per input."""
        wrong = self._wrong()
        compared = self.numeric.size * (len(self.rules) + len(self.single))
        resolved = np.logical_and.reduce([self._resolved(rules) for rules in self.rules])
        verdicts = []
        for own, number in zip(self.owned, self.problem.varied, strict=True):
            mine = [d for d in wrong if d.input == number]
            verdicts.append(self._verdict(number, own, resolved, mine))
        return GradcheckReport(tuple(verdicts), tuple(wrong), compared, self.order)

    def _verdict(self, number: int, own: Mask, resolved: Mask, wrong: list[Disagreement]) -> InputVerdict:
        shape = self.problem.inputs[number].shape
        error, resolution = self._figures(own & (resolved.all(axis=0) if resolved.size else own))
        if wrong:
            worst = wrong[0]
            reason = (
                f"{len(wrong)} derivatives, the worst {worst.entry}: {worst.analytic:.12g}, not {worst.numeric:.12g}"
            )
            return InputVerdict(number, shape, "wrong", reason, worst.entry, worst.output, error=error)
        for rules in self.single:
            overflown = ~np.isfinite(rules.value) & np.isfinite(self.bound) & own
            if overflown.any():
                j, k = np.argwhere(overflown)[0]
                dtype = self.given.inputs[number].dtype
                reason = (
                    f"At {self.columns[k]} the derivative is {rules.value[j, k]} in {dtype}, where something overflows "
                    f"or underflows on the way; in double it is {self.rules[0].value[j, k]:.6g}, as it should be"
                )
                return InputVerdict(number, shape, "can't be checked", reason, self.columns[k], self.rows[j])
        open_ = ~resolved & own
        if not open_.any():
            reason = f"Largest relative error {error:.1e}; {resolution:.1e} would have been seen" if own.any() else ""
            return InputVerdict(
                number, shape, "right", reason or "It has no entries", error=error, resolution=resolution
            )
        for verdict, where in (
            ("kink", open_ & self.clean_kink),
            ("can't be checked", open_ & ~self._noisy),
            ("noise floor too high", open_),
        ):
            if where.any():
                j, k = np.argwhere(where)[0]
                return self._undetermined(verdict, number, int(j), int(k))  # type: ignore[arg-type]
        raise AssertionError("an entry is resolved or isn't")

    @cached_property
    def _noisy(self) -> Mask:
        """Where rounding is what keeps the differences from settling."""
        finite = np.logical_and.reduce([np.isfinite(rules.value) for rules in self.rules])
        return np.asarray(
            finite & (self.slopes.noise > 0.1 * self.slopes.error) & np.isfinite(self.slopes.error) & ~self.slopes.jumps
        )

    def _figures(self, own: Mask) -> tuple[float, float]:
        """The largest relative error among some columns, and the smallest one that would have been seen."""
        numeric, bound = self.numeric[:, own], self.bound[:, own]
        if not numeric.size:
            return 0.0, 0.0
        nothing = np.abs(numeric) <= bound
        size = np.where(nothing, np.maximum(self.scale, 1.0), np.abs(numeric))
        size = np.maximum(size, BESIDE * size.max())
        errors = [np.abs(rules.value[:, own] - numeric) / size for rules in self.rules]
        return float(np.max(errors)), FLOOR + float((bound / size).max())

    def _undetermined(self, verdict: Verdict, number: int, j: int, k: int) -> InputVerdict:
        """What is to be said of an entry for which neither right nor wrong is known."""
        entry, output = self.columns[k], self.rows[j]
        shape = self.problem.inputs[number].shape
        middle, half = float(self.slopes.value[j, k]), 0.5 * float(self.slopes.kink[j, k])
        x = abs(float(as_vector(self.problem.point)[k]))
        way = branch(self.problem, entry, 1e-6 * (x or 1.0))
        at = f"At {entry} of the input"
        if verdict == "kink":
            left, right = middle - half, middle + half
            values = " and ".join(f"{float(r.value[j, k]):.6g} in {r.mode} mode" for r in self.rules)
            reason = f"{at} the slope is {left:.6g} on the left and {right:.6g} on the right, and {values} lies between"
            if self.rules[0].mode == "gradient":
                reason = reason.replace("gradient mode", "the gradient")
            return InputVerdict(number, shape, verdict, _joined(reason, way, _ELSEWHERE), entry, output, left, right)
        if verdict == "noise floor too high":
            single = ", since it casts to a lower precision" if self.epsilon > 1e-15 else ""
            reason = (
                f"{at} the derivative {self._analytic(j, k)} can't be told from differences, {middle:.6g} within "
                f"{self.slopes.error[j, k]:.1e}: the function's values have too few digits{single}"
            )
            noise = max(float(rules.spread[j, k]) for rules in self.rules)
            if noise > self.slopes.error[j, k]:
                reason = (
                    f"{at} the derivative {self._analytic(j, k)} changes by {noise:.1e} between points a few roundings "
                    f"apart, so it can't be compared with differences, {middle:.6g}"
                )
            return InputVerdict(number, shape, verdict, reason, entry, output)
        if not np.isfinite(self.slopes.error[j, k]):
            reason = f"{at} the function isn't finite on both sides"
        elif self.slopes.jumps[j, k]:
            reason = f"{at} the function jumps"
        else:
            reason = (
                f"{at} the difference quotients don't settle: an infinite slope, or an oscillation finer than the steps"
            )
        return InputVerdict(number, shape, verdict, _joined(reason, way, _ELSEWHERE), entry, output)

    def _analytic(self, j: int, k: int) -> str:
        return f"{float(self.rules[0].value[j, k]):.6g}"


_ELSEWHERE = "choose another point"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
