"""`gradcheck`: every derivative against oracles that share no fault with it, and a verdict for each input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..graph import GradientError
from ..op.recording import as_tensor
from .comparison import Comparison
from .conduct import misconduct, place
from .problem import HandWritten, Problem
from .verdict import GradcheckError, GradcheckReport, InputVerdict, Mode


def gradcheck(
    f: Callable[..., Any],
    inputs: Any,
    *,
    order: int = 1,
    modes: Sequence[Mode] = ("reverse", "forward"),
    gradient: Callable[..., Any] | None = None,
    raise_exception: bool = True,
) -> GradcheckReport:
    """Say of every input whether the derivatives by it are right.

    There is no tolerance to choose. Central differences are extrapolated to step 0 and come with a bound on their
    truncation and rounding errors; where the code takes complex numbers, the complex step sharpens them; reverse and
    forward mode are compared with both, and with each other where neither oracle can tell. A derivative that is
    0.01 % off is noticed, or the verdict says that it couldn't have been.

    Parameters
    ----------
    f : callable
        Takes the inputs as separate arguments and returns a Tensor or a tuple of them.
    inputs : array_like or tuple of array_like
        Where to check. Floating and complex inputs are varied (of a complex one the real and the imaginary
        part), integer and boolean ones are constants. For single precision the differences are computed in
        double.
    order : int
        2 checks the derivative of the derivative, too: that of reverse mode, as a function of the inputs and
        of the cotangents.
    modes : sequence of {"reverse", "forward"}
        Which modes to check.
    gradient : callable, optional
        The gradient of `f`, written by hand: both are NumPy code then, and know nothing of Tensors. It takes the same
        inputs and returns an array in the shape of the input, or a tuple with one for each floating input. `f` is
        called with the same inputs right before it. It takes the place of `modes`.
    raise_exception : bool
        Whether to raise where the answer isn't "right", or to return the report.

    Returns
    -------
    GradcheckReport
        True in a condition where every input is right. ``report.verdicts`` has for each floating input one of

        - "right";
        - "wrong", with the entry, both numbers and their ratio in ``report.disagreements``;
        - "kink": the slopes on both sides differ at some entry, and the derivative lies between them (a derivative
          outside is wrong);
        - "noise floor too high": the function's values have too few digits for the 0.01 %;
        - "can't be checked", with the reason: the function jumps, isn't finite or has an infinite slope there, it
          branches on the value, casts, isn't deterministic, or changes its input.

        ``str(report)`` has all of this; ``repr`` is that of the truth value.

    Raises
    ------
    GradcheckError
        An input is not right; a check that couldn't check doesn't pass. The error's ``report``, ``verdict`` and
        ``disagreements`` say why.
    TypeError
        No input, or no output, is floating or complex.

    Examples
    --------
    >>> import autodiff as ad
    >>> import numpy as np
    >>> from autodiff.check import gradcheck
    >>> gradcheck(lambda x, y: x * ad.sin(y), ([1.0, 2.0], 0.5), order=2)
    True
    >>> gradcheck(lambda x: ad.maximum(x, 0.0), [0.0, 1.0], raise_exception=False).verdict
    'kink'

    A gradient written by hand, one entry of which is 1 % off:

    >>> def gradient(x):
    ...     g = 2 * x
    ...     g[3] *= 1.01
    ...     return g
    >>> report = gradcheck(lambda x: np.sum(x * x), np.ones(400), gradient=gradient, raise_exception=False)
    >>> report.verdict, report.disagreements[0].entry.entry, round(report.disagreements[0].ratio, 6)
    ('wrong', (3,), 1.01)
    """
    unknown = set(modes) - {"reverse", "forward"}
    if unknown or not modes:
        raise ValueError(f"gradcheck: modes are 'reverse' and 'forward', got {tuple(modes)!r}")
    if order < 1:
        raise ValueError(f"gradcheck: order is 1 or more, got {order}")
    if gradient is not None and order != 1:
        raise ValueError("gradcheck: a gradient that is given can be checked in order 1 only")
    with np.errstate(all="ignore"):  # an infinite value or derivative is a finding, not a warning
        report = _checked(f, gradient, inputs, modes, order)
    if not report and raise_exception:
        raise GradcheckError(report)
    return report


def _checked(
    f: Callable[..., Any], gradient: Callable[..., Any] | None, inputs: Any, modes: Sequence[Mode], order: int
) -> GradcheckReport:
    """The report on the first order that isn't right, or on the last one."""
    given = inputs if isinstance(inputs, tuple) else (inputs,)
    arrays = [np.array(as_tensor(x).detach().numpy()) for x in given]
    problem = Problem(f, arrays) if gradient is None else HandWritten(f, gradient, arrays)
    for k in range(1, order + 1):
        report = _report(problem, tuple(modes) if gradient is None else ("gradient",), k)
        if not report or k == order:
            break
        problem = problem.derivative()
    return report


def _report(problem: Problem, modes: Sequence[Mode], order: int) -> GradcheckReport:
    """The report on a problem's derivatives, or why there can't be one."""
    in_double = problem.in_double()
    try:
        reason = misconduct(in_double)
        if reason is None:
            return Comparison(in_double, problem, modes, order).report()
    except GradientError as error:
        cut = "it casts: " if "would cut the gradient" in str(error) else ""
        reason = f"{cut}{error} ({place(error.__traceback__)})"
    shapes = [(k, problem.inputs[k].shape) for k in problem.varied]
    return GradcheckReport(tuple([InputVerdict(k, s, "can't be checked", reason) for k, s in shapes]), order=order)
