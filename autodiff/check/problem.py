"""A function and the point at which its derivatives are checked, with its Jacobian by several methods."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..graph import Node, enable_grad, no_grad
from ..op.recording import as_tensor
from ..sweep import path_between
from ..tensor import Tensor
from ..transforms import jvp, vjp
from ..transforms.recording import identity
from .coordinates import Coordinate, as_vector, coordinates, displaced, unit_vectors
from .differences import Slope, Vector, is_staircase, slope
from .verdict import Mode

Arrays = list[np.ndarray[Any, Any]]
Matrix = np.ndarray[Any, np.dtype[np.float64]]
"""A Jacobian in real coordinates: a row per output, a column per input."""

COMPLEX_STEP = 1e-60
"""Beside it even the square of a derivative's rounding error vanishes, and its own square is no underflow yet."""


class Problem:
    """A function of Tensors and the point at which its derivatives are checked.

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
        self.f = f
        self.inputs = inputs
        self.varied = [k for k, x in enumerate(inputs) if is_differentiable(x)]
        if not self.varied:
            raise TypeError(f"gradcheck: no floating or complex input among {[str(x.dtype) for x in inputs]}")
        self.outputs = self.values(self.point)
        if not self.outputs:
            raise TypeError("gradcheck: the function returns nothing floating or complex, so it has no derivative")

    @property
    def point(self) -> Arrays:
        """Copies of the inputs that are varied."""
        return [self.inputs[k].copy() for k in self.varied]

    @property
    def epsilon(self) -> float:
        """The rounding error of the least precise array on the way from the inputs to the outputs."""
        dtypes = {x.dtype for x in (*self.point, *self.outputs)}
        dtypes |= {node.dtype for node in self._tape() if not isinstance(node.dtype, tuple)}
        return max(float(np.finfo(dtype).eps) for dtype in dtypes if dtype.kind in "fc")

    def at(self, inputs: Arrays) -> Problem:
        """The same function at another point."""
        return Problem(self.f, inputs)

    def in_double(self) -> Problem:
        """The same in double precision; the problem itself if it is so already."""
        inputs = [np.asarray(x, np.result_type(x, np.float64)) if is_differentiable(x) else x for x in self.inputs]
        same = all(x.dtype == y.dtype for x, y in zip(inputs, self.inputs, strict=True))
        return self if same else self.at(inputs)

    def nearby(self, generator: np.random.Generator, farthest: int = 4) -> Problem:
        """The same function a few rounding errors away, where a stable computation gives the same derivatives."""
        moved = list(self.inputs)
        for k in self.varied:
            x = self.inputs[k]
            digits = generator.integers(1, farthest + 1, x.shape) * generator.choice([-1, 1], x.shape)
            moved[k] = np.asarray(x * (1 + digits * np.finfo(x.dtype).eps), x.dtype)
        return self.at(moved)

    def derivative(self) -> Problem:
        """Reverse mode as a function itself, of the inputs and of the cotangents."""
        generator = np.random.default_rng(0)
        cotangents = [_random(generator, y) for y in self.outputs]
        count = len(self.inputs)

        def gradient(*arguments: Any) -> tuple[Tensor, ...]:
            inputs = arguments[:count]
            _, pull = vjp(_restricted(self.f, inputs, self.varied), *[inputs[k] for k in self.varied])
            return pull(arguments[count:])

        return Problem(gradient, [*self.inputs, *cotangents])

    def analytic(self, mode: Mode) -> Matrix:
        """The Jacobian by one of our modes."""
        return self.reverse() if mode == "reverse" else self.forward()

    def reverse(self) -> Matrix:
        """The Jacobian by reverse mode, a row at a time."""
        _, pull = vjp(self._restricted(), *self.point)
        rows = [as_vector([_raw(g) for g in pull(tuple(unit))]) for unit in unit_vectors(self.outputs)]
        return np.array(rows).reshape(len(rows), len(coordinates(self.point)))

    def forward(self) -> Matrix:
        """The Jacobian by forward mode, a column at a time."""
        f = self._restricted()
        pushed = [jvp(f, self.point, unit)[1] for unit in unit_vectors(self.point)]
        columns = [as_vector([_raw(t) for t in tangents]) for tangents in pushed]
        return np.array(columns).reshape(len(columns), len(coordinates(self.outputs))).T

    def slopes(self) -> Slope:
        """The Jacobian by differences."""
        point = self.point
        columns = [self._column(c, x) for c, x in zip(coordinates(point), as_vector(point), strict=True)]
        shape = (len(columns), len(coordinates(self.outputs)))
        kinds = {"converged": bool, "jumps": bool}
        return Slope(
            **{
                name: np.array([getattr(c, name) for c in columns], dtype=kinds.get(name, float)).reshape(shape).T
                for name in Slope.__dataclass_fields__
            }
        )

    def complex_step(self) -> Matrix | None:
        """The Jacobian by the imaginary part of ``f(x + ih) / h``: no differences, so no rounding to speak of.

        None where the code doesn't take complex numbers. Of code that isn't holomorphic (an absolute value) the
        numbers mean nothing, which the caller has to see for himself.
        """
        point = self.point
        if any(x.dtype.kind == "c" for x in (*point, *self.outputs)):
            return None
        columns = []
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("error")  # NumPy warns where an imaginary part is dropped
            for c, x in zip(coordinates(point), as_vector(point), strict=True):
                moved = [np.asarray(a, np.complex128) for a in point]
                h = COMPLEX_STEP * (abs(x) or 1.0)
                moved[c.array] = displaced(moved[c.array], c, 1j * h)
                try:
                    outputs = self.values(moved)
                except Exception:  # whatever it is that says "not with complex numbers"
                    return None
                if [y.shape for y in outputs] != [y.shape for y in self.outputs]:
                    return None
                columns.append(as_vector([np.imag(y) for y in outputs]) / h)
        return np.array(columns).reshape(len(columns), len(coordinates(self.outputs))).T

    def is_holomorphic(self) -> bool:
        """Whether every operation on the way is linear in the cotangent over the complex numbers."""
        return all(node.operation.holomorphic for node in self._tape())

    def _tape(self) -> list[Node]:
        """What is recorded between the inputs and the outputs."""
        with enable_grad():
            leaves = [Tensor(x, requires_grad=True) for x in self.point]
            outputs = self._restricted()(*map(identity, leaves))
        tape, _, _ = path_between([x._node for x in leaves if x._node], [y._node for y in outputs])
        return tape

    def values(self, point: Arrays) -> Arrays:
        """The floating and complex outputs at another point."""
        with no_grad():
            return [_raw(y) for y in self._restricted()(*point)]

    def is_staircase(self, row: int, coordinate: Coordinate, x: float) -> bool:
        """Whether one output, constant beside the point, changes by jumps farther off."""

        def output(t: float) -> float:
            moved = self.point
            moved[coordinate.array] = displaced(moved[coordinate.array], coordinate, t)
            return float(as_vector(self.values(moved))[row])

        return is_staircase(output, max(abs(x), 1.0))

    def _column(self, coordinate: Coordinate, x: float) -> Slope:
        def outputs(t: float) -> Vector:
            moved = self.point
            moved[coordinate.array] = displaced(moved[coordinate.array], coordinate, t)
            return as_vector(self.values(moved))

        return slope(outputs, x)

    def _restricted(self) -> Callable[..., tuple[Tensor, ...]]:
        return _restricted(self.f, [x.copy() for x in self.inputs], self.varied)


class HandWritten(Problem):
    """A NumPy function with a gradient written by hand; neither knows anything of Tensors.

    Parameters
    ----------
    f : callable
        Takes the inputs as arrays.
    gradient : callable
        Takes the same, and returns the gradient by each floating input: an array, or a tuple of arrays.
    inputs : list of array
        All arguments.
    """

    def __init__(self, f: Callable[..., Any], gradient: Callable[..., Any], inputs: Arrays) -> None:
        self.gradient = gradient
        super().__init__(f, inputs)

    @property
    def epsilon(self) -> float:
        """The rounding error of the least precise input or output."""
        return max(float(np.finfo(x.dtype).eps) for x in (*self.point, *self.outputs))

    def at(self, inputs: Arrays) -> Problem:
        """The same function at another point."""
        return HandWritten(self.f, self.gradient, inputs)

    def is_holomorphic(self) -> bool:
        """Nobody knows."""
        return False

    def values(self, point: Arrays) -> Arrays:
        """The floating and complex outputs at another point."""
        result = self.f(*_arguments(self.inputs, self.varied, point))
        outputs = [np.asarray(y) for y in (result if isinstance(result, (tuple, list)) else (result,))]
        return [y for y in outputs if is_differentiable(y)]

    def analytic(self, mode: Mode) -> Matrix:  # noqa: ARG002  # there is one only
        """The Jacobian by the hand-written gradient. The function is called just before it, for what it caches."""
        point = self.point
        self.f(*_arguments(self.inputs, self.varied, point))
        result = self.gradient(*_arguments(self.inputs, self.varied, point))
        given = list(result) if isinstance(result, (tuple, list)) else [result]
        if len(given) == len(self.inputs) != len(self.varied):
            given = [given[k] for k in self.varied]
        if len(given) != len(self.varied):
            raise ValueError(
                f"gradcheck: {len(self.varied)} floating inputs, but the gradient returned {len(given)} arrays"
            )
        rows = len(coordinates(self.outputs))
        blocks = [self._block(k, np.asarray(g), rows) for k, g in enumerate(given)]
        return np.concatenate(blocks, axis=1)

    def _block(self, k: int, g: np.ndarray[Any, Any], rows: int) -> Matrix:
        """The gradient by one input in real coordinates: a row per output."""
        x = self.point[k]
        if len(self.outputs) != 1 or self.outputs[0].dtype.kind == "c":
            raise TypeError("gradcheck: a hand-written gradient belongs to a function with one real output")
        y = self.outputs[0]
        if g.shape not in ((x.shape,) if y.size == 1 else ()) + (y.shape + x.shape,):
            raise ValueError(
                f"gradcheck: the gradient by input {self.varied[k]} has shape {g.shape}, but the input has {x.shape}"
                + ("" if y.size == 1 else f" and the output {y.shape}, so {y.shape + x.shape} is expected")
            )
        kind = np.complex128 if x.dtype.kind == "c" else np.float64
        return np.array([as_vector([row]) for row in g.astype(kind).reshape(rows, *x.shape)]).reshape(rows, -1)


def _arguments(inputs: Arrays, varied: list[int], point: Arrays) -> Arrays:
    """Copies of all arguments, those that are varied replaced; numbers as NumPy's scalars."""
    arguments = [x.copy() for x in inputs]
    for k, x in zip(varied, point, strict=True):
        arguments[k] = x
    return [x[()] for x in arguments]


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
        return tuple([y for y in outputs if is_differentiable(y)])

    return restricted


def is_differentiable(x: Any) -> bool:
    """Whether an array is floating or complex."""
    return np.dtype(x.dtype).kind in "fc"


def _raw(x: Tensor) -> np.ndarray[Any, Any]:
    return x.detach().numpy()


def _random(generator: np.random.Generator, like: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Numbers between 1/2 and 3/2 of either sign, in the shape and dtype of `like`."""
    signs = generator.choice([-1.0, 1.0], (2, *like.shape))
    parts = signs * generator.uniform(0.5, 1.5, (2, *like.shape))
    return np.asarray(parts[0] + 1j * parts[1] if like.dtype.kind == "c" else parts[0], dtype=like.dtype)
