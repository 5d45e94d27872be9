"""How the recorder gets to see every operation: while it works, it stands in for `op.apply`.

`apply` chooses the namespace by the type of the first array. During a recording all arrays have to be the recorder's:
parameters and other tensors that were there before are made inputs of the program, numbers and arrays its constants.
"""

from __future__ import annotations

import copy
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import sweep
from .._namespaces import NUMPY
from ..graph import Node
from ..op import Operation, recording
from ..op.unrolled import all_through_apply
from ..tensor import Tensor, wrap
from .tracing import RecordingError, Traced, current

if TYPE_CHECKING:
    from .capture import Capture

_lock = threading.Lock()
_depth = 0
_originals: dict[str, Any] = {}


@contextmanager
def hooked() -> Iterator[None]:
    """Stand in for `apply` in the functions that `op` generates; other threads go on as before."""
    global _depth
    with _lock:
        _depth += 1
        if _depth == 1:
            _install()
    try:
        with all_through_apply():
            yield
    finally:
        with _lock:
            _depth -= 1
            if _depth == 0:
                _remove()


def _install() -> None:
    for original, replacement in ((sweep.pullback, _pullback), (sweep.pushforward, _pushforward)):
        _replace(original, partial(replacement, original))
    namespace = vars(recording)
    _originals["apply"] = original = namespace["apply"]
    namespace["apply"] = partial(_apply, original)


def _remove() -> None:
    vars(recording).update(_originals)
    _originals.clear()
    for namespace, name, original in _replaced:
        namespace[name] = original
    _replaced.clear()


_replaced: list[tuple[dict[Any, Any], Any, Any]] = []


def _replace(original: Any, replacement: Any) -> None:
    """Put a function in the place of another wherever this package has imported it."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("autodiff.") and not module_name.startswith("autodiff.compiler"):
            for name, value in list(vars(module).items()):
                if value is original:
                    _replaced.append((vars(module), name, original))
                    vars(module)[name] = replacement


def _pullback(original: Any, cotangents: Any, *args: Any, **kwargs: Any) -> Any:
    """`pullback` of the recorder's arrays, by which it chooses the namespace."""
    return original(_lifted(cotangents), *args, **kwargs)


def _pushforward(original: Any, tape: Any, tangents: Any) -> Any:
    """`pushforward` of the recorder's arrays."""
    return original(tape, _lifted(tangents))


def _lifted(values: dict[Any, Any]) -> dict[Any, Any]:
    capture: Any = current()
    if capture is None:
        return values
    return {node: capture.adopt(x) if isinstance(x, Tensor) else capture.lifted(x) for node, x in values.items()}


def _apply(original: Callable[..., Any], operation: Any, arguments: tuple[Any, ...], params: dict[str, Any]) -> Any:
    """`apply` on the recorder's arrays."""
    capture: Any = current()
    if capture is None:
        return original(operation, arguments, params)
    tensors = _tensors(capture, operation, arguments)
    done = len(capture.equations)
    try:
        result = original(operation, tensors, params)
    except RecordingError:
        # The operation itself asks for a value (to check it, as a rule): then the whole of it is one equation.
        del capture.equations[done:]
        result = original(_opaque(capture, operation), tensors, params)
    value = result._value
    if isinstance(value, Traced) and isinstance(result._node, Node):
        capture.origins[result._node.index] = (capture.equations[-1].line if capture.equations else None, value.var)
    return result


def _tensors(capture: Capture, operation: Operation, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments as Tensors around the recorder's arrays."""
    examples = []
    plain = False
    for argument in arguments:
        if isinstance(argument, Tensor):
            value = capture.adopt(argument)._value
            examples.append(value.value if isinstance(value, Traced) else value)
        else:
            examples.append(argument.value if isinstance(argument, Traced) else argument)
            plain = plain or not isinstance(argument, Traced)
    if not plain:
        return arguments
    arrays = recording._arrays(operation, examples)
    tensors: list[Any] = []
    for argument, array in zip(arguments, arrays, strict=True):
        if isinstance(argument, (Tensor, Traced)) or array is None:
            tensors.append(argument)
        elif isinstance(argument, (np.ndarray, np.generic)):
            tensors.append(wrap(capture.constant(argument), None))
        else:
            tensors.append(wrap(capture.constant(array, literal=True), None))
    return tuple(tensors)


def _opaque(capture: Capture, operation: Operation) -> Operation:
    """The operation as a single call of its forward function on NumPy's arrays."""

    def forward(_xp: Any, *arrays: Any, **params: Any) -> Any:
        return capture.call(operation.name, partial(operation.forward, NUMPY), arrays, params, effect=True)

    opaque = copy.copy(operation)
    opaque.forward = forward
    return opaque
