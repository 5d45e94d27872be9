"""`Traced`: an array that writes down what is done to it, and `Recorder`, which keeps what was written.

To the engine it is one more array library. Tensors whose value is a Traced go through the unchanged forward, backward
and update, and every function and operator that meets one appends an equation to the program. A Traced carries the
value that it has in the recorded call, so that this call computes what an eager one does.
"""

from __future__ import annotations

import operator
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from .._namespaces import NAMESPACES, NUMPY, GradientError
from ..tensor import Tensor
from .lines import Line, shown, user_line, where
from .program import Equation, Reference, Var, mapped, variables


class RecordingError(GradientError):
    """Something that can't be recorded, such as a decision that depends on a value."""


class _Active(threading.local):
    recorder: Recorder | None = None


active = _Active()
"""What is being recorded in this thread."""


def current() -> Recorder | None:
    """The recorder at work in this thread."""
    return active.recorder


RAISING = {"gap_quotient", "cofactor"}
"""Functions that refuse some values; they are carried out although nobody reads their result."""

INDEXING = {"take", "getitem", "setitem", "index_add", "take_along_axis"}
"""Functions that refuse some values where an index is an array."""


class Recorder:
    """What one recording has written down so far."""

    def __init__(self) -> None:
        self.equations: list[Equation] = []
        self.constants: dict[Var, Any] = {}
        self.literals: set[Var] = set()
        self.values: dict[Var, Any] = {}
        self.origins: dict[int, tuple[Line | None, Var]] = {}
        self.state: set[Var] = set()
        self.overwritten: dict[Var, int] = {}
        self._captured: dict[int, tuple[Any, Traced]] = {}
        self._outer: list[Recorder | None] = []

    def __enter__(self) -> Recorder:
        self._outer.append(active.recorder)
        active.recorder = self
        return self

    def __exit__(self, *error: object) -> None:
        active.recorder = self._outer.pop()

    def input(self, value: Any, name: str | None = None) -> Traced:
        """A value that each replay is given anew."""
        return self._traced(value, Var(value, name=name))

    def constant(self, value: Any, *, literal: bool = False) -> Traced:
        """An array that was there already; the program refers to it, and sees what is written to it.

        A literal (a number in the code) is never written to.
        """
        known = self._captured.get(id(value))
        if known is not None:
            return known[1]
        traced = self._traced(value, Var(value))
        self._captured[id(value)] = (value, traced)  # the array is kept, so that its id stays its own
        self.constants[traced.var] = value
        if literal or isinstance(value, np.generic):
            self.literals.add(traced.var)
        return traced

    def lifted(self, value: Any) -> Traced:
        """The recorder's array for one that may be a raw one."""
        return value if isinstance(value, Traced) else self.constant(value)

    def _traced(self, value: Any, var: Var) -> Traced:
        self.values[var] = value
        return Traced(self, value, var)

    def call(
        self, name: str, function: Callable[..., Any], args: Any, kwargs: dict[str, Any], *, effect: bool = False
    ) -> Any:
        """Carry out a function on the present values and record it."""
        args, kwargs = mapped(args, self._variable), mapped(kwargs, self._variable)
        result = function(*mapped(args, self._value), **mapped(kwargs, self._value))
        several = isinstance(result, (tuple, list)) and any(_is_array(part) for part in result)
        if not several and not _is_array(result):
            return result  # a dtype, a shape: known beforehand
        given = variables((args, kwargs))
        parts = tuple(result) if several else (result,)
        traced = tuple([self._traced(part, Var(part, self._owner(part, given))) for part in parts])
        line, sweep = where()
        outs = tuple([t.var for t in traced])
        if sweep is not None:
            line = self._of_gradient(sweep, outs)
        self.equations.append(
            Equation(
                name, function, args, kwargs, outs, several, line, sweep is not None, effect or _raises(name, given)
            )
        )
        if not several:
            return traced[0]
        kind = type(result)
        return kind(*traced) if hasattr(kind, "_fields") else kind(traced)

    def _of_gradient(self, sweep: Any, outs: tuple[Var, ...]) -> Line | None:
        """The line of the operation that the reverse sweep has reached; the gradient is named for its variable."""
        node, parent = sweep.f_locals.get("node"), sweep.f_locals.get("parent")
        line, _ = self.origins.get(getattr(node, "index", 0), (None, None))
        origin = self.origins.get(getattr(parent, "index", 0))
        if origin is not None and len(outs) == 1 and outs[0].shape == origin[1].shape:
            outs[0].gradient_of = origin[1]
        return line

    def _variable(self, leaf: Any) -> Any:
        if isinstance(leaf, Traced):
            leaf.check(self)
            return leaf.var
        if isinstance(leaf, Tensor):
            raise TypeError(f"an array and a Tensor can't be mixed here: make both Tensors{shown(user_line())}")
        return self.constant(leaf).var if _is_array(leaf) else leaf

    def _value(self, leaf: Any) -> Any:
        if isinstance(leaf, Reference):
            return leaf.value
        return self.values[leaf] if isinstance(leaf, Var) else leaf

    def _owner(self, result: Any, given: list[Var]) -> Var | None:
        """The input whose memory the result shares."""
        for var in given:
            value = self.values[var]
            if value is result or np.may_share_memory(value, result):
                return var
        return None

    def overwrite(self, target: Traced, value: Any) -> None:
        """All of a state's array is written to: from here on it has another value."""
        new = value if isinstance(value, Traced) else self.constant(np.asarray(value))
        if new.shape != target.shape or new.dtype != target.dtype:
            new = self.call("astype", NUMPY.astype, (new, target.dtype), {})
            new = self.call("broadcast_to", NUMPY.broadcast_to, (new, target.shape), {})
        self.overwritten[target.var] = len(self.equations)
        target.var, target.value = new.var, new.value
        self.state.add(new.var)


def _raises(name: str, given: list[Var]) -> bool:
    """Whether a function may refuse values."""
    return name in RAISING or (name in INDEXING and any(var.dtype.kind in "iub" for var in given))


def _is_array(x: Any) -> bool:
    return isinstance(x, (np.ndarray, np.generic, Traced))


def _refused(what: str, way_out: str) -> RecordingError:
    return RecordingError(
        f"{what} needs a value, but a compiled function is being recorded and runs once for all values"
        f"{shown(user_line())}. {way_out}"
    )


def asks_for_value(what: str, way_out: str) -> Callable[..., Any]:
    """A method that refuses: it would need a value."""

    def refuse(self: Traced, *args: Any, **kwargs: Any) -> Any:
        raise _refused(what, way_out)

    return refuse


_RETURN_IT = "Return the tensor from the compiled function and do this outside, or don't compile this part."
_USE_WHERE = "Use where(condition, a, b) instead, or return the tensor and decide outside."
WRITE = "Write x = x + ... or use where() instead of changing the array in place."


class Traced:
    """An array of a recording."""

    __slots__ = ("recorder", "value", "var")

    def __init__(self, recorder: Recorder, value: Any, var: Var) -> None:
        self.recorder = recorder
        self.value = value
        self.var = var

    def check(self, recorder: Recorder | None) -> None:
        """Raise if the recording that this belongs to is over, or is another."""
        if self.recorder is not recorder:
            raise RecordingError(
                "this array was made while a compiled function was being recorded and has no value now; return it from "
                "the function instead of keeping it in a list, an attribute or a global, which replays don't repeat"
                + shown(user_line())
            )

    def _call(self, name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.check(active.recorder)
        return self.recorder.call(name, function, args, kwargs)

    # What is known beforehand ----------------------------------------------------------------------------------------

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""
        return self.var.shape

    @property
    def dtype(self) -> Any:
        """The elements' dtype."""
        return self.var.dtype

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.var.shape)

    @property
    def size(self) -> int:
        """Number of elements."""
        return self.var.size

    @property
    def device(self) -> str:
        """Where the elements are."""
        return "cpu"

    def __len__(self) -> int:
        if not self.var.shape:
            raise TypeError("len() of an array of shape ()")
        return self.var.shape[0]

    def __iter__(self) -> Any:
        return (self[k] for k in range(len(self)))

    def __repr__(self) -> str:
        return f"Traced({self.var.dtype}, shape={self.var.shape})"

    __hash__ = object.__hash__

    # What needs a value ----------------------------------------------------------------------------------------------

    __bool__ = asks_for_value("bool(t), as in `if t` and `t1 and t2`,", _USE_WHERE)
    __float__ = asks_for_value("float(t)", _RETURN_IT)
    __int__ = asks_for_value("int(t)", _RETURN_IT)
    __complex__ = asks_for_value("complex(t)", _RETURN_IT)
    __index__ = asks_for_value("an index made of a tensor", _RETURN_IT)
    __array__ = asks_for_value("np.asarray(t), and printing,", _RETURN_IT)
    __dlpack__ = asks_for_value("DLPack export", _RETURN_IT)
    __contains__ = asks_for_value("`in`", _RETURN_IT)
    __reduce__ = asks_for_value("copying or pickling", _RETURN_IT)
    item = asks_for_value("t.item()", _RETURN_IT)
    tolist = asks_for_value("t.tolist()", _RETURN_IT)

    def __setitem__(self, key: Any, value: Any) -> None:
        self.check(active.recorder)
        if key is not Ellipsis or self.var not in self.recorder.state:
            raise _refused("x[key] = value on an array", WRITE)
        self.recorder.overwrite(self, value)

    # What is recorded ------------------------------------------------------------------------------------------------

    def __array_namespace__(self, /, *, api_version: str | None = None) -> Any:
        """The recorder's functions."""
        return NAMESPACES[Traced]

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **options: Any) -> Any:
        if any(isinstance(x, Tensor) for x in inputs):
            return NotImplemented
        if out is not None or method == "at":
            raise _refused(f"np.{ufunc.__name__} into an array", WRITE)
        if method == "__call__":
            return self._call(ufunc.__name__, ufunc, *inputs, **options)
        return self._call(f"{ufunc.__name__}.{method}", getattr(ufunc, method), *inputs, **options)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        if any(issubclass(kind, Tensor) for kind in types):
            return NotImplemented
        if kwargs.get("out") is not None:
            raise _refused(f"np.{function.__name__} into an array", WRITE)
        return self._call(function.__name__, function, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        found = _METHODS.get(name)
        if found is None:
            raise AttributeError(f"a recorded array has no {name!r}{shown(user_line())}")
        if not callable(found):
            return self._call(name, operator.attrgetter(name), self)

        def method(*args: Any, **kwargs: Any) -> Any:
            return self._call(name, found, self, *args, **kwargs)

        return method

    def __getitem__(self, key: Any) -> Any:
        return self._call("getitem", operator.getitem, self, key)


def _method(name: str) -> Any:
    """A method as a function, or the descriptor of a property; NumPy's numbers have the same ones as arrays."""
    if not callable(getattr(np.ndarray, name)):
        return getattr(np.ndarray, name)

    def method(x: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(x, name)(*args, **kwargs)

    return method


_METHODS = {
    name: _method(name)
    for name in (
        *("T", "mT", "real", "imag", "all", "any", "argmax", "argmin", "argsort", "astype", "clip", "compress", "conj"),
        *(
            "conjugate",
            "copy",
            "cumprod",
            "cumsum",
            "diagonal",
            "dot",
            "flatten",
            "max",
            "mean",
            "min",
            "prod",
            "ravel",
        ),
        *("repeat", "reshape", "round", "std", "sum", "swapaxes", "take", "trace", "transpose", "var", "squeeze"),
    )
}
