"""`check_backprop` and `check_gradients`: the truth, the verdicts, and the births of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .causes import births_of
from .comparison import Row, fitted, is_right, ratio_of, row
from .oracle import LeavesGraphError, Point, agrees, differences, reverse
from .program import Program, is_real
from .report import UNCHECKED, BackpropReport
from .search import Search
from .sites import Site, all_values, sites_of
from .truths import pool_open

POINTS = 3
"""The parameters as they are, and some beside them: what is right at one point by chance isn't at all."""


def check_backprop(
    loss: Callable[..., Any], gradients: Callable[..., Any], params: Mapping[str, Any]
) -> BackpropReport:
    """Say which gradients of hand-written backpropagation are wrong, and which lines make them so.

    Runs the user's own code on copies: neither `params` nor their data change.

    Parameters
    ----------
    loss : callable
        ``loss(params)``, one number; their own NumPy code.
    gradients : callable
        ``gradients(params)``, a dict of arrays under the parameters' names, or ``dW1``, ``grad_W1``, ``W1_grad``.
    params : dict of str to array
        Where to check.

    Returns
    -------
    BackpropReport
        A row per parameter, and every line at which a wrong value is born, with its cause where putting it right gives
        the true gradients.

    Raises
    ------
    TypeError
        `params` without floating-point arrays, or `gradients` returning no dict.
    ValueError
        A loss that is not one number.

    Notes
    -----
    The truth is reverse mode on their own loss, confirmed by differences of it; where their code leaves the graph and
    can't be followed, differences alone. At a kink the check takes place beside it. A cause is stated only if the
    program with that line changed gives the true gradients, at several points.

    Examples
    --------
    >>> import numpy as np
    >>> from autodiff import check_backprop
    >>> x, y = np.array([[1.0, 2.0], [3.0, 5.0], [4.0, 1.0]]), np.array([[1.0], [0.0], [1.0]])
    >>> def loss(params):
    ...     return ((x @ params["w"] - y) ** 2).mean()
    >>> def gradients(params):
    ...     error = x @ params["w"] - y
    ...     return {"w": x.T @ error / len(x)}
    >>> report = check_backprop(loss, gradients, {"w": np.array([[0.5], [-1.0]])})
    >>> report.ok, report.parameters["w"].ratio
    (False, 0.5)
    """
    program = Program(loss, gradients, params)
    program.first_run()
    sites = sites_of(program.units)
    try:
        try:
            points, notes = _points(program, sites)
        except LeavesGraphError as error:
            return _unchecked(program, error)
        search = Search(program, sites, points)
        rows = _rows(search, points)
        if not search.wrong:
            return BackpropReport(rows, (), notes)
        with pool_open(search.trials.pool):
            search.solve(_factors(search))
            births = births_of(search)
        if search.trials.accumulates:
            notes = (*notes, "a second call of gradients(params) gives other values than the first")
        return BackpropReport(rows, births, notes)
    finally:
        program.state.restore()


def check_gradients(loss: Callable[..., Any], grads: Mapping[str, Any], params: Mapping[str, Any]) -> BackpropReport:
    """Say which of some gradients are wrong, where there is no code to look at.

    Parameters
    ----------
    loss : callable
        ``loss(params)``, one number; NumPy code.
    grads : dict of str to array
        The gradients to check, under the names that `check_backprop` knows.
    params : dict of str to array
        Where they were taken.

    Returns
    -------
    BackpropReport
        A row per parameter; no births, but which gradients are right and which are wrong.

    Raises
    ------
    TypeError, ValueError
        As `check_backprop`.

    Examples
    --------
    >>> import numpy as np
    >>> from autodiff import check_gradients
    >>> report = check_gradients(
    ...     lambda p: (p["w"] ** 2).sum(), {"dw": np.array([2.0, 3.0])}, {"w": np.array([1.0, 2.0])}
    ... )
    >>> report.parameters["w"].worst
    {'entry': (1,), 'given': 3.0, 'expected': 4.0}
    """
    program = Program(loss, lambda _params: grads, params)
    program.first_run()
    sites = sites_of(program.units)
    try:
        point, notes = _points(program, sites, count=1)
    except LeavesGraphError as error:
        return _unchecked(program, error)
    finally:
        program.state.restore()
    given = program.by_parameter(grads)
    rows = {name: row(name, given[name], true, point[0].largest) for name, true in point[0].gradients.items()}
    wrong = [str(name) for name, r in rows.items() if r.verdict == "wrong"]
    right = [str(name) for name, r in rows.items() if r.verdict == "right"]
    if wrong and right:
        notes = (*notes, f"still right: {', '.join(right)}; wrong: {', '.join(wrong)}")
    return BackpropReport(rows, (), notes)


def _points(program: Program, sites: list[Site], count: int = POINTS) -> tuple[list[Point], tuple[str, ...]]:
    """The truth at the parameters given and beside them."""
    if program.loss_at(program.params) != program.loss_at(program.params):
        raise LeavesGraphError(
            "the loss isn't deterministic (or not a number): two calls at the same parameters differ"
        )
    generator = np.random.default_rng(0)
    every = all_values(program.units, sites)
    points: list[Point] = []
    notes: tuple[str, ...] = ()
    for k in range(count):
        params = program.params if k == 0 else _beside(program, generator, 0.1 * k)
        try:
            point = _truth(program, every, params, generator)
        except LeavesGraphError:
            if k == 0:
                raise
            continue
        if k == 0 and count > 1 and _at_kink(program, every, point, generator):
            notes = ("the loss has a kink at these parameters (a relu at exactly 0, say): checked beside it",)
            point = _truth(program, every, _beside(program, generator, 1e-3), generator)
        if all(np.isfinite(g).all() for g in point.gradients.values()):
            points.append(point)
    if not points:
        raise LeavesGraphError("the loss or its derivative is not finite at these parameters")
    return points, notes


def _truth(program: Program, every: list[Site], params: dict[str, Any], generator: np.random.Generator) -> Point:
    """The gradients by reverse mode where differences confirm them, else by differences."""
    left: LeavesGraphError | None = None
    for follow in (False, True):
        try:
            point = reverse(program, every, params, follow)
        except LeavesGraphError as error:
            left = error
            continue
        if agrees(program, point, generator):
            return point
    try:
        return differences(program, params)
    except LeavesGraphError as error:
        if left is None:
            raise
        raise LeavesGraphError(f"{left}; {error}", left.filename, left.lineno) from error


def _reversed(program: Program, every: list[Site], params: dict[str, Any]) -> Point | None:
    """The gradients by reverse mode alone."""
    for follow in (False, True):
        try:
            return reverse(program, every, params, follow)
        except LeavesGraphError:
            continue
    return None


def _at_kink(program: Program, every: list[Site], point: Point, generator: np.random.Generator) -> bool:
    """Whether the gradient is another one right beside the point."""
    outcome = program.run(point.params)
    if all(is_right(outcome.gradients[n], g, point.largest) for n, g in point.gradients.items()):
        return False
    for _ in range(2):
        # Not differences, whose steps would reach across the kink.
        near = _reversed(program, every, _beside(program, generator, 1e-7))
        if near is None:
            return False
        for name, gradient in point.gradients.items():
            if np.abs(near.gradients[name] - gradient).max(initial=0.0) > 1e-3 * point.largest:
                return True
    return False


def _beside(program: Program, generator: np.random.Generator, size: float) -> dict[str, Any]:
    """Parameters near the given ones."""
    moved = {}
    for name, value in program.params.items():
        if is_real(value):
            typical = max(float(np.sqrt(np.mean(np.square(value)))) if np.size(value) else 0.0, 0.5)
            moved[name] = value + generator.normal(size=np.shape(value)) * size * typical
        else:
            moved[name] = value
    return moved


def _rows(search: Search, points: list[Point]) -> dict[str, Row]:
    """Each parameter's verdict, with the numbers of the first point at which it is wrong."""
    rows: dict[str, Row] = {}
    for k, point in enumerate(points):
        for again in (False, True) if search.trials.accumulates and k == 0 else (False,):
            given = search.program.run(point.params, again=again).gradients
            for name, true in point.gradients.items():
                new = row(name, given[name], true, point.largest)
                if name not in rows or (rows[name].verdict == "right" and new.verdict == "wrong"):
                    note = "in the second call" if again else "at parameters beside the given ones" if k else ""
                    rows[name] = Row(**{**vars(new), "note": new.note or note if new.verdict == "wrong" else ""})
    return rows


def _factors(search: Search) -> list[tuple[float, str]]:
    """The constant factors that the wrong gradients lack, and the usual ones."""
    point = search.trials.points[0]
    found: dict[float, str] = {}
    given = search.program.run(point.params).gradients
    for name, true in point.gradients.items():
        value = fitted(given[name], true.shape)
        ratio = None if value is None or name not in search.wrong else ratio_of(value, true)
        if ratio:
            found.setdefault(float(f"{1 / ratio:.10g}"), _factor_in_words(1 / ratio))
    for factor in (2.0, 0.5, -1.0):
        found.setdefault(factor, _factor_in_words(factor))
    return list(found.items())


def _factor_in_words(factor: float) -> str:
    if abs(factor + 1) < 1e-6:
        return "the sign is flipped"
    for size, words in ((factor, "{} is missing"), (1 / factor, "1/{} is missing")):
        if abs(size - round(size)) < 1e-6 * abs(size):
            return "a factor " + words.format(round(size))
    return f"a factor {factor:.6g} is missing"


def _unchecked(program: Program, error: LeavesGraphError) -> BackpropReport:
    place = f"{error.filename}:{error.lineno}: " if error.filename else ""
    way_out = (
        "; NumPy's own functions (np.dot, np.stack, np.sum) can be followed" if "differences" in str(error) else ""
    )
    rows = {name: Row(name, np.shape(program.params[name]), UNCHECKED, np.nan) for name in program.checked}
    return BackpropReport(rows, (), (f"{place}{error}{way_out}",))
