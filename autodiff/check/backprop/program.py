"""The user's `loss` and `gradients` as one program that can be run again and again, on copies and from one state."""

from __future__ import annotations

import contextlib
import io
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .names import gradient_key
from .sources import Unit, executed, installed, units_of
from .state import State

Params = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What one run gave.

    Attributes
    ----------
    loss : float
    gradients : dict
        By parameter; None where none was returned.
    """

    loss: float
    gradients: dict[str, Any]


class Program:
    """The user's functions, with the parameters at which they are checked.

    Attributes
    ----------
    params : dict
        Copies, in double precision.
    checked : list of str
        The names of those that have a derivative.
    units : list of Unit
        The functions of theirs that run.
    epsilon : float
        The rounding error of their loss.
    """

    def __init__(self, loss: Callable[..., Any], gradients: Callable[..., Any], params: Mapping[str, Any]) -> None:
        self.loss = loss
        self.gradients = gradients
        self.params = {name: in_double(value) for name, value in params.items()}
        self.checked = [name for name, value in self.params.items() if is_real(value)]
        if not self.checked:
            raise TypeError("check_backprop: params holds no array of floating-point numbers")
        self.units: list[Unit] = []
        self.epsilon = float(np.finfo(np.float64).eps)
        self.in_loss: set[Unit] = set()
        self._independent = False
        self._given: list[Any] | None = None
        self._keys: dict[str, Any] = {}
        self.state = State([loss, gradients])

    def first_run(self) -> Outcome:
        """Run once, and find out which functions are theirs."""
        outcome: Outcome
        outcome, codes = executed(lambda: self.run(self.params))
        self.units = units_of(codes)
        _, forward = executed(lambda: self.loss_at(self.params))
        self.in_loss = {unit for unit in self.units if unit.code in forward}
        drew = self.state.has_drawn()
        self.state.restore()
        self.state = State([self.loss, self.gradients, *(f for unit in self.units for f in unit.functions)])
        self.state.draws = drew
        self._independent = self._gradients_need_no_loss(outcome)
        return outcome

    def _gradients_need_no_loss(self, outcome: Outcome) -> bool:
        """Whether `gradients` gives the same without a call of `loss` before it."""
        self.state.restore()
        try:
            with quiet():
                alone = self.by_parameter(self.gradients(copied(self.params)))
        except Exception:
            return False
        return all(
            np.array_equal(alone[name], g, equal_nan=True) for name, g in outcome.gradients.items() if g is not None
        )

    def run(
        self,
        params: Params,
        codes: Mapping[Unit, types.CodeType] | None = None,
        *,
        again: bool = False,
        changed: Unit | None = None,
    ) -> Outcome:
        """Loss and gradients at `params`, from the saved state (or, `again`, from where the last run left it).

        Where only `changed` is another than before, and the loss has nothing to do with that, it isn't run: NaN.
        """
        if again:
            self.state.restore_random()
        else:
            self.state.restore()
        with installed(codes or {}), quiet():
            loss = np.nan
            if changed is None or changed in self.in_loss or not self._independent or again:
                loss = number(self.loss(copied(params)))
                self.state.restore_random()
            given = self.gradients(copied(params))
        return Outcome(loss, self.by_parameter(given))

    def loss_at(self, params: Params) -> float:
        """The loss alone, from the saved state."""
        self.state.restore()
        with quiet():
            loss = self.loss(copied(params))
        dtype = np.asarray(loss).dtype
        if dtype.kind == "f" and dtype.itemsize < 8:
            self.epsilon = float(np.finfo(dtype).eps)
        return number(loss)

    def by_parameter(self, given: Any) -> dict[str, Any]:
        """The returned gradients under the parameters' names."""
        if isinstance(given, (tuple, list)) and len(given) == len(self.checked):
            return {name: array_or_none(g) for name, g in zip(self.checked, given, strict=True)}
        if not isinstance(given, Mapping) and len(self.checked) == 1 and array_or_none(given) is not None:
            return {self.checked[0]: array_or_none(given)}
        if not isinstance(given, Mapping):
            raise TypeError(
                f"check_backprop: gradients(params) returned a {type(given).__name__}; expected a dict with the keys "
                f"{', '.join(map(str, self.checked))} (or dW1, grad_W1, W1_grad)"
            )
        if list(given) != self._given:
            self._given, self._keys = list(given), {name: gradient_key(name, given) for name in self.checked}
        return {name: None if key is None else array_or_none(given[key]) for name, key in self._keys.items()}


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Their prints and NumPy's warnings are not what the user asked for."""
    with np.errstate(all="ignore"), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def is_real(value: Any) -> bool:
    """Whether a parameter has a derivative."""
    return isinstance(value, (float, np.ndarray, np.generic)) and np.asarray(value).dtype.kind == "f"


def in_double(value: Any) -> Any:
    """A copy; floating-point numbers in double precision."""
    if isinstance(value, np.ndarray):
        return np.array(value, dtype=np.float64 if value.dtype.kind == "f" else None)
    return np.float64(value) if isinstance(value, np.floating) else value


def copied(params: Params) -> Params:
    """A dictionary of its own with arrays of its own."""
    return {name: np.array(value) if isinstance(value, np.ndarray) else value for name, value in params.items()}


def number(loss: Any) -> float:
    """The loss as a number; an array of one element counts."""
    array = np.asarray(loss)
    if array.size != 1:
        raise ValueError(f"check_backprop: loss(params) has to be one number, got shape {array.shape}")
    return float(array.reshape(()))


def array_or_none(value: Any) -> Any:
    """A gradient as an array of its own; None where it is no array of numbers."""
    try:
        array = np.array(value)
    except ValueError:
        return None
    return array if array.dtype.kind in "biuf" else None
