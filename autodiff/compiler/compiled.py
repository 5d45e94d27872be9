"""`compile`: a function that is recorded at its first call and replayed at the next ones."""

from __future__ import annotations

import functools
import importlib.util
import inspect
import threading
import warnings
from collections.abc import Callable
from typing import Any, overload

from .entry import EAGER, MISS, MOVED, Answer
from .interface import Argument, NotRecordableError, flatten
from .recorded import Recording
from .replay import Replay
from .scan import scan
from .source import readable
from .tracing import active

LIMIT = 16
"""So many recordings of one function are kept."""


class CompileWarning(UserWarning):
    """A compiled function doesn't run as fast as it could."""


class Compiled:
    """What `compile` returns: called like the function.

    Attributes
    ----------
    source : str
        The program of the last call, as NumPy source.
    recordings : int
        How many recordings there are.
    """

    def __init__(self, function: Callable[..., Any], backend: str, fastmath: bool) -> None:
        functools.update_wrapper(self, function, updated=())
        self.function = function
        self.backend = backend
        self.fastmath = fastmath
        self._replays: list[Replay | _Waiting] = []
        self._scans: dict[Recording, Replay] = {}
        self._direct: Replay | None = None
        self._was_eager = False
        self._for_rows = False
        self._warned = False
        self.__name__: str = getattr(function, "__name__", repr(function))
        self._lock = threading.RLock()

    @property
    def source(self) -> str:
        """The program of the last call as readable NumPy source, which is what is computed, not how."""
        with self._lock:
            if not self._replays:
                raise RuntimeError(
                    f"{self.__name__} has no source yet: call it once, for the program depends on shapes"
                )
            recording = self._replays[0].recording
            return readable(recording, recording.argument_names, self.__name__)

    @property
    def recordings(self) -> int:
        """How often the function was recorded."""
        return len(self._replays)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the function returns."""
        if active.recorder is not None:
            return self.function(*args, **kwargs)  # part of the outer recording
        with self._lock:
            if self._replays:
                result = self._replays[0].run(args, kwargs)
                if type(result) is not Answer:
                    return result
            return self._otherwise(args, kwargs)

    def first_of_rows(self, *args: Any) -> Any:
        """An ordinary call; if it has to record, the step's own replay is left for the first call that wants it.

        By numba that is code of its own, which a scan never runs: of a training it is a twentieth.
        """
        self._for_rows = True
        try:
            return self(*args)
        finally:
            self._for_rows = False

    def _otherwise(self, args: Any, kwargs: Any) -> Any:
        """Another recording than the last one, a new one, or an eager call."""
        for k in range(len(self._replays)):
            result = self._replays[k].run(args, kwargs)
            if result is MOVED:
                result = self._rebound(k, args, kwargs)
            if result is EAGER:
                return self._eagerly(args, kwargs)
            if result is not MISS:
                self._replays.insert(0, self._replays.pop(k))
                return result
        return self._record(args, kwargs)

    def _eagerly(self, args: Any, kwargs: Any) -> Any:
        self._was_eager = True
        return self.function(*args, **kwargs)

    def scan(self, *args: Any) -> Any:
        """Call the function with the rows of the arguments, one after another.

        Parameters
        ----------
        *args : array or Tensor, shape (n, ...)
            A row for each step.

        Returns
        -------
        object
            What the function returns, each array stacked along a new first axis of length n.

        Examples
        --------
        >>> import autodiff as ad
        >>> total = ad.Tensor(0.0)
        >>> @ad.compile
        ... def add(x):
        ...     total.data = total.data + x
        ...     return total * 1.0
        >>> add.scan(ad.Tensor([1.0, 2.0, 3.0]))
        Tensor([1., 3., 6.])
        """
        with self._lock:
            direct = self._direct
            if direct is not None:
                result = direct.run(args, {})
                if type(result) is not Answer:
                    return result
            self._was_eager = False
            result = scan(self, args)
            replay = self.scanning()
            self._direct = replay if replay is not None and replay.direct else None
            return result

    def scanning(self) -> Replay | None:
        """The replay of many rows for the recording that was used last; None where there is none."""
        if self._was_eager:
            return None
        recording = self._replays[0].recording
        changed = any(a.cell is not None and a.cell.result is not None for a in recording.arguments)
        if changed or recording.before:
            return None  # one row's result is what the next row finds
        if recording not in self._scans:
            self._scans[recording] = self._replay(recording, scanned=True)
        return self._scans[recording]

    def _rebound(self, k: int, args: Any, kwargs: Any) -> Any:
        """Replay with the state where it lies now."""
        recording = self._replays[k].recording
        if not recording.rebind():
            return MISS
        self._replays[k] = self._replay(recording)
        self._scans.pop(recording, None)
        return self._replays[k].run(args, kwargs)

    def _record(self, args: Any, kwargs: Any) -> Any:
        if len(self._replays) >= LIMIT:
            self._warn_of_limit(args, kwargs)
            return self._eagerly(args, kwargs)
        try:
            recording = Recording(self.function, args, kwargs)
        except NotRecordableError:
            return self._eagerly(args, kwargs)
        recording.argument_names = _argument_names(self.function, args, kwargs)
        replay = _Waiting(self, recording) if self._for_rows else self._replay(recording)
        result = recording.finish_first_call()
        self._replays.insert(0, replay)
        return result

    def _arrived(self, waiting: _Waiting) -> Replay:
        """The replay in the place of one that was waiting."""
        replay = self._replay(waiting.recording)
        self._replays[self._replays.index(waiting)] = replay
        return replay

    def _replay(self, recording: Recording, *, scanned: bool = False) -> Replay:
        """The recording as a function, by the back end that was asked for if that can do it."""
        if self.backend == "numba":
            try:
                return Replay(recording, scanned=scanned, backend="numba", fastmath=self.fastmath)
            except Exception as error:
                warnings.warn(
                    f"{self.__name__}: numba can't compile it and NumPy runs it ({type(error).__name__}: {error})",
                    CompileWarning,
                    stacklevel=5,
                )
                self.backend = "numpy"
        return Replay(recording, scanned=scanned)

    def _warn_of_limit(self, args: Any, kwargs: Any) -> None:
        """Say, once, what it is that changes."""
        if self._warned:
            return
        self._warned = True
        what = "; ".join(difference(self.function, self._replays[0].recording, args, kwargs)) or "what it reads"
        warnings.warn(
            f"{self.__name__} was recorded {LIMIT} times and runs eagerly from now on where none of the recordings "
            f"fits. What changes is {what}. A number that changes is best passed as an array.",
            CompileWarning,
            stacklevel=4,
        )

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else functools.partial(self, instance)


class _Waiting:
    """A replay that is made when it is first asked for."""

    def __init__(self, compiled: Compiled, recording: Recording) -> None:
        self.recording = recording
        self._compiled = compiled

    def run(self, args: Any, kwargs: Any) -> Any:
        """As `Replay.run`."""
        return self._compiled._arrived(self).run(args, kwargs)


def difference(function: Callable[..., Any], recording: Recording, args: Any, kwargs: Any) -> list[str]:
    """What is different from a recording, in words."""
    flat, structure = flatten((args, kwargs))
    if structure != recording.structure:
        return ["how many arguments there are, or how they are nested"]
    names = _argument_names(function, args, kwargs)
    found = []
    for name, leaf, argument in zip(names, flat, recording.arguments, strict=True):
        before, now = argument.described(), Argument.of(leaf).described()
        if before != now:
            found.append(f"argument {name} ({before}, then {now})")
    return found or [item.path for item in recording.guards if not item.holds()]


def _argument_names(function: Callable[..., Any], args: Any, kwargs: Any) -> list[str]:
    try:
        positional = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        positional = []
    positional += [str(k) for k in range(len(positional), len(args))]
    named = [*zip(positional, args, strict=False), *kwargs.items()]
    return [name for name, tree in named for _ in flatten(tree)[0]]


@overload
def compile(function: Callable[..., Any], *, backend: str = ..., fastmath: bool = ...) -> Compiled: ...
@overload
def compile(
    function: None = ..., *, backend: str = ..., fastmath: bool = ...
) -> Callable[[Callable[..., Any]], Compiled]: ...
def compile(function: Callable[..., Any] | None = None, *, backend: str = "numpy", fastmath: bool = False) -> Any:
    """Record a function at its first call, and replay it, as one straight-line program, at the next ones.

    The function is ordinary code: forward pass, ``loss.backward()``, ``optimizer.step()``, `grad`, `hvp`. Parameters,
    gradients, an optimizer's state and random generators are state, which each call reads and writes where it lives.
    Another shape, dtype, or value of a Python number that the function reads is recorded anew. What a replay could not
    repeat (a decision by a value, a Python counter) is an error.

    Parameters
    ----------
    function : callable
        Takes Tensors, arrays, and other things, which are compared by value (numbers, strings) or identity; also in
        lists, tuples and dicts. Returns Tensors, arrays, and containers of these.
    backend : {"numpy", "numba", "auto"}
        "numpy" computes to the bit what an eager call does. "numba" needs the extra `compile` and compiles loops: its
        results differ by rounding errors. "auto" takes numba where it is installed.
    fastmath : bool
        Let numba reorder additions.

    Returns
    -------
    Compiled
        Called like the function. Results are new arrays; those that require a gradient have no graph.

    Raises
    ------
    RecordingError
        At a call, for what can't be recorded.
    TypeError, ValueError
        Something else than a function; an unknown back end.

    Examples
    --------
    >>> import autodiff as ad
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True, name="w")
    >>> @ad.compile
    ... def step(x):
    ...     w.zero_grad()
    ...     loss = ((w * x) ** 2.0).sum()
    ...     loss.backward()
    ...     return loss
    >>> step(ad.Tensor([1.0, 1.0])).item(), step(ad.Tensor([2.0, 0.0])).item(), w.grad
    (5.0, 4.0, Tensor([8., 0.]))
    """
    if function is None:
        return functools.partial(compile, backend=backend, fastmath=fastmath)
    if not callable(function):
        raise TypeError(f"compile: expected a function, got {type(function).__name__}")
    if backend not in ("numpy", "numba", "auto"):
        raise ValueError(f"compile: backend is 'numpy', 'numba' or 'auto', not {backend!r}")
    if backend == "auto":
        backend = "numba" if importlib.util.find_spec("numba") is not None else "numpy"
    return Compiled(function, backend, fastmath)
