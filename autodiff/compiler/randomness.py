"""Random numbers in a compiled function: a generator whose draws are recorded, and repeated by each replay.

The generator itself goes on from call to call, so that it stands where an eager call leaves it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .capture import Capture, recording
from .program import Reference
from .tracing import RecordingError

_DRAWS = {
    name
    for kind in (np.random.Generator, np.random.RandomState)
    for name in dir(kind)
    if not name.startswith("_") and callable(getattr(kind, name))
} - {"spawn", "seed", "get_state", "set_state", "shuffle", "bytes"}
_REFUSED = {"shuffle", "seed", "set_state", "bytes"}


def _recording_kind(base: type) -> type:
    class Recorded(base):  # type: ignore[misc]
        """A generator whose draws become part of the program."""

        def __init__(self, capture: Capture, reference: Reference) -> None:
            generator = reference.value
            super().__init__(getattr(generator, "bit_generator", None) or generator._bit_generator)
            self._capture = capture
            self._reference = reference

        def __getattribute__(self, name: str) -> Any:
            if name not in _DRAWS and name not in _REFUSED:
                return super().__getattribute__(name)
            capture, reference = super().__getattribute__("_capture"), super().__getattribute__("_reference")

            def draw(*args: Any, **kwargs: Any) -> Any:
                if name in _REFUSED:
                    raise RecordingError(f"rng.{name} can't be recorded; do it outside of the compiled function")
                capture.drawn.add(id(reference.value))
                result = capture.call("draw", _draw, (reference, name, args, kwargs), {}, effect=True)
                if isinstance(result, (float, int)):
                    raise RecordingError(
                        f"rng.{name}() gives a Python number, which would be the same in every replay; ask for an "
                        f"array with size=(), or draw it outside"
                    )
                return result

            return draw

    return Recorded


_KINDS = {kind: _recording_kind(kind) for kind in (np.random.Generator, np.random.RandomState)}


def _draw(generator: Any, method: str, args: Any, kwargs: Any) -> Any:
    return getattr(generator, method)(*args, **kwargs)


def is_generator(x: Any) -> bool:
    """Whether `x` is one of NumPy's generators."""
    return isinstance(x, tuple(_KINDS))


def recorded_generator(capture: Capture, generator: Any, source: str | None = None) -> Any:
    """The generator to draw from while a call is recorded; in replays it is found as `source`, or is the same one."""
    kind = next(recorded for base, recorded in _KINDS.items() if isinstance(generator, base))
    return kind(capture, Reference(generator, source))


def drawing_from(generator: Any) -> Any:
    """The generator itself, or, inside a compiled function that is being recorded, one whose draws are recorded.

    For layers that keep a generator, as dropout does.
    """
    capture = recording()
    return generator if capture is None else recorded_generator(capture, generator)
