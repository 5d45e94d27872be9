"""`ParamGroup`: some parameters and the options of their steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, MutableMapping
from numbers import Real
from types import MappingProxyType
from typing import Any

import numpy as np

from autodiff import Tensor, compiler
from autodiff.compiler.tracing import current

Check = Callable[[str, Any], Any]
"""Given the name of an option and its value: the value as it is kept, or an error."""


class ParamGroup(MutableMapping[str, Any]):
    """The options of some parameters, by name: ``group["lr"] = 0.1`` between steps changes the next step.

    Attributes
    ----------
    params : list of Tensor
        Also as ``group["params"]``.
    settings : mapping
        All options but the learning rate. Replaced by another one when one of them changes, and by the former one
        when that is changed back: what was made for these settings is known by its identity.
    initial_lr : float or None
        The learning rate with which the first schedule began.
    """

    unwatched = ("params", "initial_lr", "_lr", "_rates", "_checks", "_known")  # a compiled step reads the rate itself
    replaced_when_changed = ("settings",)

    def __init__(self, params: list[Tensor], options: dict[str, Any], checks: dict[str, Check]) -> None:
        self.params = params
        self._checks = checks
        self._rates: dict[Any, Any] = {}
        self._known: dict[Any, Any] = {}
        self._lr = rate("lr", options["lr"])
        self.initial_lr: float | None = None
        self.settings: Any = {}
        self._set({name: checks[name](name, value) for name, value in options.items() if name != "lr"})

    def _set(self, settings: dict[str, Any]) -> None:
        self.settings = self._known.setdefault(tuple(settings.items()), MappingProxyType(settings))

    def __getitem__(self, name: str) -> Any:
        if name == "params":
            return self.params
        if name == "lr":
            if compiler.recording() is not None:
                raise compiler.RecordingError(_OUTSIDE.format(name="lr", what="read"))
            return self._lr
        return self.settings[name]

    def __setitem__(self, name: str, value: Any) -> None:
        if compiler.recording() is not None:
            raise compiler.RecordingError(_OUTSIDE.format(name=name, what="set"))
        if name == "lr":
            self._lr = rate("lr", value)
            # As arrays, since NumPy converts a bare number at every call, in 0.2 us; written to in place, since
            # kernels and compiled functions refer to them.
            for array in self._rates.values():
                array[...] = self._lr
        else:
            self._set({**self.settings, name: checked(self._checks, name, value)})

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name}: an option can be set but not removed")

    def __iter__(self) -> Iterator[str]:
        return iter(("params", "lr", *self.settings))

    def __len__(self) -> int:
        return 2 + len(self.settings)

    def __getstate__(self) -> dict[str, Any]:
        """What a copy is made of: it has settings and rates of its own."""
        return {"params": self.params, "options": {"lr": self._lr, **self.settings}, "checks": self._checks}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        self.__init__(**kept)  # type: ignore[misc]

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={self[name]!r}" for name in self if name != "params")
        return f"ParamGroup({len(self.params)} parameters, {options})"

    def rate(self, dtype: Any) -> Any:
        """The learning rate as an array of shape (), which a schedule changes in place."""
        if dtype not in self._rates:
            self._rates[dtype] = np.array(self._lr, dtype)
        array = self._rates[dtype]
        recording = compiler.recording()
        if recording is not None:
            return recording.state_array(array, "lr")
        recorder = current()  # of a kernel, which has to look the rate up, also where it meets numbers alone
        return array if recorder is None else recorder.constant(array)


_OUTSIDE = (
    "{name}: an optimizer's options are {what} outside of a compiled function, whose steps look at them at each call"
)


class Option:
    """An option as an attribute of the optimizer: to be read where all groups agree on it, and set for all."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, optimizer: Any, owner: type) -> Any:
        if optimizer is None:
            return self
        value, *others = [group[self.name] for group in optimizer.param_groups]
        if any(other != value for other in others):
            raise ValueError(f"{self.name}: differs between the groups; read param_groups[k][{self.name!r}]")
        return value

    def __set__(self, optimizer: Any, value: Any) -> None:
        for group in optimizer.param_groups:
            group[self.name] = value


# Checks --------------------------------------------------------------------------------------------------------------


def checked(checks: dict[str, Check], name: str, value: Any) -> Any:
    """The value of an option as it is kept."""
    if name not in checks:
        raise ValueError(f"{name}: no such option; there are {', '.join(['lr', *checks])}")
    return checks[name](name, value)


def rate(name: str, value: object, *, positive: bool = False) -> float:
    """A finite number that isn't negative."""
    expected = f"{name}: a {'positive' if positive else 'non-negative'}, finite number expected, got {value!r}"
    if not isinstance(value, Real):
        raise TypeError(expected)
    if not math.isfinite(value) or value < 0 or (positive and value == 0):
        raise ValueError(expected)
    return float(value)


def finite(name: str, value: object) -> float:
    """A finite number."""
    if not isinstance(value, Real):
        raise TypeError(f"{name}: a finite number expected, got {value!r}")
    if not math.isfinite(value):
        raise ValueError(f"{name}: a finite number expected, got {value!r}")
    return float(value)


def betas(name: str, value: Any) -> tuple[float, float]:
    """Two numbers from 0 to below 1."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise TypeError(f"{name}: two numbers expected, got {value!r}")
    first, second = (rate(name, beta) for beta in value)
    if not (first < 1.0 and second < 1.0):
        raise ValueError(f"{name}: two numbers from 0 to below 1 expected, got {value!r}")
    return first, second


def flag(name: str, value: object) -> bool:
    """True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name}: True or False expected, got {value!r}")
    return bool(value)


def count(name: str, value: object) -> int:
    """A positive whole number."""
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool):
        raise TypeError(f"{name}: a positive integer expected, got {value!r}")
    if value < 1:
        raise ValueError(f"{name}: a positive integer expected, got {value!r}")
    return int(value)
