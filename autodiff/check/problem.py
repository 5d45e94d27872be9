"""A function and the point at which its derivatives are checked, with its Jacobian by three methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..graph import no_grad
from ..op.recording import as_tensor
from ..tensor import Tensor
from ..transforms import jvp, vjp
from .coordinates import Coordinate, as_vector, coordinates, displaced, unit_vectors
from .differences import Slope, Vector, slope

Arrays = list[np.ndarray[Any, Any]]
Matrix = np.ndarray[Any, np.dtype[np.float64]]
"""A Jacobian in real coordinates: a row per output, a column per input."""


class Problem:
    """A function and the point at which its derivatives are checked.

    Attributes
    ----------
    inputs : list of array
        All arguments.
    varied : list of int
        The positions of the floating and complex ones among them.
    outputs : list of array
        The floating and complex outputs at this point.
    """

    def __init__(self, f: Callable[..., Any], inputs: Arrays) -> None:
        self._f = f
        self.inputs = inputs
        self.varied = [k for k, x in enumerate(inputs) if _is_differentiable(x)]
        if not self.varied:
            raise TypeError(f"gradcheck: no floating or complex input among {[str(x.dtype) for x in inputs]}")
        self.outputs = self._values(self.point)
        if not self.outputs:
            raise TypeError("gradcheck: the function returns nothing floating or complex, so it has no derivative")

    @property
    def point(self) -> Arrays:
        """The inputs that are varied."""
        return [self.inputs[k] for k in self.varied]

    @property
    def epsilon(self) -> float:
        """The rounding error of the least precise input or output."""
        return max(float(np.finfo(x.dtype).eps) for x in (*self.point, *self.outputs))

    def in_double(self) -> Problem:
        """The same in double precision; the problem itself if it is so already."""
        inputs = [np.asarray(x, np.result_type(x, np.float64)) if _is_differentiable(x) else x for x in self.inputs]
        same = all(x.dtype == y.dtype for x, y in zip(inputs, self.inputs, strict=True))
        return self if same else Problem(self._f, inputs)

    def derivative(self) -> Problem:
        """Reverse mode as a function itself, of the inputs and of the cotangents."""
        generator = np.random.default_rng(0)
        cotangents = [_random(generator, y) for y in self.outputs]
        count = len(self.inputs)

        def gradient(*arguments: Any) -> tuple[Tensor, ...]:
            inputs = arguments[:count]
            _, pull = vjp(_restricted(self._f, inputs, self.varied), *[inputs[k] for k in self.varied])
            return pull(arguments[count:])

        return Problem(gradient, [*self.inputs, *cotangents])

    def reverse(self) -> Matrix:
        """The Jacobian by reverse mode, a row at a time."""
        _, pull = vjp(_restricted(self._f, self.inputs, self.varied), *self.point)
        rows = [as_vector([_raw(g) for g in pull(tuple(unit))]) for unit in unit_vectors(self.outputs)]
        return np.array(rows).reshape(len(rows), len(coordinates(self.point)))

    def forward(self) -> Matrix:
        """The Jacobian by forward mode, a column at a time."""
        f = _restricted(self._f, self.inputs, self.varied)
        pushed = [jvp(f, self.point, unit)[1] for unit in unit_vectors(self.point)]
        columns = [as_vector([_raw(t) for t in tangents]) for tangents in pushed]
        return np.array(columns).reshape(len(columns), len(coordinates(self.outputs))).T

    def slopes(self) -> Slope:
        """The Jacobian by differences."""
        point = self.point
        columns = [self._column(c, x) for c, x in zip(coordinates(point), as_vector(point), strict=True)]
        shape = (len(columns), len(coordinates(self.outputs)))
        return Slope(
            np.array([c.value for c in columns]).reshape(shape).T,
            np.array([c.error for c in columns]).reshape(shape).T,
            np.array([c.converged for c in columns], dtype=bool).reshape(shape).T,
        )

    def _column(self, coordinate: Coordinate, x: float) -> Slope:
        def outputs(t: float) -> Vector:
            moved = self.point
            moved[coordinate.array] = displaced(moved[coordinate.array], coordinate, t)
            return as_vector(self._values(moved))

        return slope(outputs, x)

    def _values(self, point: Arrays) -> Arrays:
        with no_grad():
            return [_raw(y) for y in _restricted(self._f, self.inputs, self.varied)(*point)]


def _restricted(
    f: Callable[..., Any], inputs: Sequence[Any], varied: Sequence[int]
) -> Callable[..., tuple[Tensor, ...]]:
    """`f` as a function of the varied inputs alone, with a tuple of its floating and complex outputs."""

    def restricted(*point: Any) -> tuple[Tensor, ...]:
        arguments = list(inputs)
        for k, x in zip(varied, point, strict=True):
            arguments[k] = x
        result = f(*map(as_tensor, arguments))
        outputs = map(as_tensor, result if isinstance(result, (tuple, list)) else (result,))
        return tuple([y for y in outputs if _is_differentiable(y)])

    return restricted


def _is_differentiable(x: Any) -> bool:
    return np.dtype(x.dtype).kind in "fc"


def _raw(x: Tensor) -> np.ndarray[Any, Any]:
    return x.detach().numpy()


def _random(generator: np.random.Generator, like: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Numbers between 1/2 and 3/2 of either sign, in the shape and dtype of `like`."""
    signs = generator.choice([-1.0, 1.0], (2, *like.shape))
    parts = signs * generator.uniform(0.5, 1.5, (2, *like.shape))
    return np.asarray(parts[0] + 1j * parts[1] if like.dtype.kind == "c" else parts[0], dtype=like.dtype)
