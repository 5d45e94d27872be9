"""Calls of every operation, drawn from the samples and domains of its declaration."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import autodiff as ad
from autodiff import REGISTRY, Tensor
from autodiff.op import TENSORS, Operation, Sample, as_tensor

Arrays = tuple[np.ndarray[Any, Any], ...]


@dataclass(frozen=True)
class Case:
    """One call of an operation, with values.

    Attributes
    ----------
    operation : Operation
        What is called.
    number : int
        Which of its samples this is.
    inputs : tuple of array
        The arrays; as a function of these, `call` is the operation.
    positions : tuple of int
        Where each input stands among the operation's array arguments.
    params : dict
        The other arguments.
    """

    operation: Operation
    number: int
    inputs: Arrays
    positions: tuple[int, ...]
    params: dict[str, Any] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.operation.name}-{self.number}"

    def call(self, *inputs: Any) -> Tensor:
        """The public function on other arrays, or Tensors, in place of the inputs; all outputs of several in a row."""
        return in_a_row(self.result(*inputs))

    def result(self, *inputs: Any) -> Any:
        """What the public function returns."""
        if self.operation.variadic:
            return self.operation.function(list(inputs), **self.params)
        arguments = [None] * (max(self.positions) + 1)
        for position, x in zip(self.positions, inputs, strict=True):
            arguments[position] = x
        return self.operation.function(*arguments, **self.params)

    def reference(self) -> Any:
        """What NumPy has for it."""
        return np.asarray(in_a_row(self.of_numpy()))

    def of_numpy(self) -> Any:
        """What NumPy's function returns."""
        function = self.operation.reference or getattr(
            np if not self.operation.extension else getattr(np, self.operation.extension), self.operation.name
        )
        params = self.defaults() | self.params
        if self.operation.variadic:
            return function(list(self.inputs), **params)
        kinds = self.operation.signature.parameters
        arguments = []
        for position, x in zip(self.positions, self.inputs, strict=True):
            name = self.operation.array_names[position]
            if kinds[name].kind is kinds[name].POSITIONAL_ONLY:
                arguments.append(x)
            else:
                params[name] = x
        return function(*arguments, **params)

    def defaults(self) -> dict[str, Any]:
        """The declared defaults of what is not an array."""
        return {
            p.name: p.default
            for p in self.operation.signature.parameters.values()
            if p.default is not p.empty and p.name not in self.operation.array_names
        }

    @property
    def varied(self) -> list[int]:
        """Which of the inputs can be differentiated by."""
        return [k for k, x in enumerate(self.inputs) if x.dtype.kind in "fc" and self.has_rule(k)]

    def has_rule(self, k: int) -> bool:
        """Whether the operation has a derivative by its k-th input."""
        return self.operation.kind == "composite" or self.operation.rule(self.positions[k]) is not None

    def of_varied(self, *varied: Any) -> Tensor:
        """The operation as a function of the varied inputs alone."""
        inputs: list[Any] = list(self.inputs)
        for k, x in zip(self.varied, varied, strict=True):
            inputs[k] = x
        return self.call(*inputs)

    @property
    def point(self) -> Arrays:
        """The varied inputs."""
        return tuple(self.inputs[k] for k in self.varied)


def case(operation: Operation, number: int, seed: int = 0) -> Case:
    """The case of one sample, always the same; read-only arrays, so that nobody writes into an argument."""
    sample: Sample = operation.samples[number]
    rng = np.random.default_rng([zlib.crc32(operation.name.encode()), number, seed])
    inputs, positions = [], []
    for position, argument in enumerate(sample.arguments):
        inputs.append(argument if isinstance(argument, np.ndarray) else values(operation, position, argument, rng))
        positions.append(position)
    params = dict(sample.params)
    for name in [name for name in operation.array_names if name in params]:
        inputs.append(np.asarray(params.pop(name)))
        positions.append(operation.array_names.index(name))
    return Case(operation, number, tuple(map(read_only, inputs)), tuple(positions), params)


def in_a_row(result: Any) -> Any:
    """One real array of all that several outputs hold, or a complex one; any other result as it is."""
    if isinstance(result, tuple):
        return TENSORS.concat([TENSORS.reshape(in_a_row(as_tensor(y)), (-1,)) for y in result])
    if getattr(result, "dtype", None) is not None and "complex" in str(result.dtype):
        flat = TENSORS.reshape(as_tensor(result), (-1,))
        return TENSORS.concat([TENSORS.real(flat), TENSORS.real(-1j * flat)])
    return result


def values(
    operation: Operation, position: int, shape: tuple[int, ...], rng: np.random.Generator
) -> np.ndarray[Any, Any]:
    """Numbers of a shape in the operation's domain."""
    domain = operation.domain
    low, high = domain if isinstance(domain[0], (int, float)) else domain[position]  # type: ignore[misc]
    return np.asarray(rng.uniform(low, high, shape))


def read_only(x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A copy that can't be written to."""
    copy = np.array(x)
    copy.flags.writeable = False
    return copy


def cotangent(like: Any, seed: int = 0) -> np.ndarray[Any, Any]:
    """Numbers in the shape and dtype of an output or an input, for a product with a Jacobian."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=like.shape)
    return read_only(
        (values + 1j * rng.normal(size=like.shape) if like.dtype.kind == "c" else values).astype(like.dtype)
    )


def leaf(*values: float, name: str | None = None) -> Tensor:
    """A vector that requires a gradient."""
    return Tensor(list(values), requires_grad=True, name=name)


def gradient_of(x: Tensor) -> Any:
    """The gradient as lists of numbers."""
    assert x.grad is not None
    return x.grad.tolist()


def bits(x: Any) -> tuple[Any, ...]:
    """All there is to an array: two are equal in this only if they are the same to the last bit."""
    array = x.detach().numpy() if isinstance(x, Tensor) else np.asarray(x)
    return array.shape, array.dtype, array.tobytes()


CASES = [case(operation, k) for operation in REGISTRY.values() for k in range(len(operation.samples))]
DIFFERENTIABLE = [c for c in CASES if c.operation.kind != "constant"]
CONSTANT = [c for c in CASES if c.operation.kind == "constant"]
RECORDED = [c for c in DIFFERENTIABLE if c.operation.kind != "composite"]
"""The cases with rules of their own."""

__all__ = [
    "CASES",
    "CONSTANT",
    "DIFFERENTIABLE",
    "RECORDED",
    "Case",
    "ad",
    "bits",
    "case",
    "cotangent",
    "read_only",
]
