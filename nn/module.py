"""`Module`: a function with parameters, made of others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, Self

import numpy as np

from autodiff import Tensor


class Parameter(Tensor):
    """A Tensor that is trained: a leaf that requires a gradient, found by `Module.parameters`.

    Examples
    --------
    >>> from nn import Parameter
    >>> Parameter([1.0, 2.0])
    Tensor([1., 2.], requires_grad=True)
    """

    __slots__ = ()

    def __init__(self, data: Any, requires_grad: bool = True, dtype: Any = None, name: str | None = None) -> None:
        super().__init__(data, requires_grad, dtype, name)


class Module(ABC):
    """A function with parameters: a subclass sets Parameters and Modules as attributes and defines `forward`.

    They are found in lists, tuples and dicts, too, under names such as ``layers.0.weight``.

    Examples
    --------
    >>> import nn
    >>> class Scale(nn.Module):
    ...     def __init__(self):
    ...         self.factor = nn.Parameter(2.0)
    ...
    ...     def forward(self, x):
    ...         return self.factor * x
    >>> scale = Scale()
    >>> scale(3.0), [name for name, _ in scale.named_parameters()]
    (Tensor(6., requires_grad=True), ['factor'])
    """

    training: bool = True

    @abstractmethod
    def forward(self, *inputs: Any, **named: Any) -> Any:
        """The function itself; call the module, not this."""

    def __call__(self, *inputs: Any, **named: Any) -> Any:
        """What `forward` returns."""
        return self.forward(*inputs, **named)

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """The modules one level below with their names, in order of definition."""
        return ((name, member) for name, member in _members(vars(self)) if isinstance(member, Module))

    def _all_parameters(self, prefix: str = "") -> Iterator[tuple[str, Parameter]]:
        """Every parameter under every name that it has."""
        for name, member in _members(vars(self)):
            if isinstance(member, Parameter):
                yield prefix + name, member
            elif isinstance(member, Module):
                yield from member._all_parameters(f"{prefix}{name}.")

    def named_parameters(self) -> Iterator[tuple[str, Parameter]]:
        """The parameters with their names, in order of definition; a tied one once, under its first name."""
        seen = set()
        for name, parameter in self._all_parameters():
            if parameter not in seen:
                seen.add(parameter)
                yield name, parameter

    def parameters(self) -> Iterator[Parameter]:
        """The parameters in order of definition, each once."""
        return (parameter for _, parameter in self.named_parameters())

    def state_dict(self) -> dict[str, np.ndarray[Any, Any]]:
        """A copy of all parameters' values, by name."""
        return {name: np.array(parameter.detach().numpy()) for name, parameter in self._all_parameters()}

    def load_state_dict(self, state: Mapping[str, Any], strict: bool = True) -> None:
        """Set the parameters to the values in `state`: all of them, or (after an error) none.

        Parameters
        ----------
        state : mapping of name to array
            As `state_dict` returns it, or `numpy.load` of a saved one.
        strict : bool
            Names that are missing or unexpected are an error; else they are passed over.
        """
        own = dict(self._all_parameters())
        missing = [name for name in own if name not in state]
        unexpected = [name for name in state if name not in own]
        if strict and (missing or unexpected):
            raise ValueError(f"load_state_dict: missing {missing or 'nothing'}, unexpected {unexpected or 'nothing'}")
        values = {name: np.asarray(state[name]) for name in own if name in state}
        for name, value in values.items():
            if value.shape != own[name].shape:
                raise ValueError(f"load_state_dict: {name} has shape {own[name].shape}, but {value.shape} was given")
            if not np.can_cast(value.dtype, _numpy_dtype(own[name]), "same_kind"):
                raise TypeError(f"load_state_dict: {name} is {own[name].dtype}, but {value.dtype} was given")
        for name, value in values.items():
            own[name].data = value.astype(_numpy_dtype(own[name]))

    def zero_grad(self) -> None:
        """Forget all gradients."""
        for parameter in self.parameters():
            parameter.zero_grad()

    def train(self, mode: bool = True) -> Self:
        """Set training mode, here and in all modules below."""
        self.training = mode
        for _, child in self.named_children():
            child.train(mode)
        return self

    def eval(self) -> Self:
        """Set evaluation mode, here and in all modules below."""
        return self.train(False)

    def __repr__(self) -> str:
        members = _members(vars(self))
        own = [f"{name}={member.shape}" for name, member in members if isinstance(member, Parameter)]
        lines = [f"  ({name}): {child!r}".replace("\n", "\n  ") for name, child in self.named_children()]
        if not lines:
            return f"{type(self).__name__}({', '.join(own)})"
        return "\n".join([f"{type(self).__name__}({', '.join(own)}", *lines, ")"])


def _numpy_dtype(parameter: Parameter) -> np.dtype[Any]:
    """The dtype by its name, which is the same in every library."""
    return np.dtype(str(parameter.dtype).rpartition(".")[2])


def _members(container: Any) -> Iterator[tuple[str, Any]]:
    """What is in a dict, list or tuple, and in those inside it, with names such as ``layers.0``."""
    for name, value in container.items() if isinstance(container, dict) else enumerate(container):
        if isinstance(value, (dict, list, tuple)):
            yield from ((f"{name}.{inner}", member) for inner, member in _members(value))
        else:
            yield str(name), value
