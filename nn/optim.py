"""Optimizers: rules that change parameters in place, given their gradients."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable
from numbers import Real
from typing import Any

import numpy as np

from autodiff import GradientError, Tensor
from autodiff.graph import Leaf, next_index

from .module import Parameter

State = dict[str, np.ndarray[Any, Any]]

# A step on many small parameters is a few NumPy calls on one buffer instead of a few for each: at H = 10 it
# takes 2.5 us instead of 8. A large parameter is left alone, since collecting its gradient would cost a pass
# over the memory.
_LARGE = 2048


class _Block:
    """Parameters that are stepped together: views of one flat buffer, or a single large one."""

    def __init__(self, parameters: list[Tensor]) -> None:
        self.parameters = parameters
        sizes = [p.size for p in parameters]
        ends = np.cumsum(sizes).tolist()
        self.slices = [slice(end - size, end) for size, end in zip(sizes, ends, strict=True)]
        self.state: State | None = None
        self.adopt()
        self.gradient = np.empty_like(self.values)
        self.scratch = np.empty_like(self.values)

    def adopt(self) -> None:
        """Move the parameters' values into one buffer, unless they lie in one already, in this order."""
        values = [p.data for p in self.parameters]
        base = values[0].base
        if not (
            base is not None
            and base.ndim == 1
            and base.size == self.slices[-1].stop
            and all(
                v.base is base and v.__array_interface__["data"] == base[s].__array_interface__["data"]
                for v, s in zip(values, self.slices, strict=True)
            )
        ):
            base = np.concatenate([v.reshape(-1) for v in values])
            for p, s in zip(self.parameters, self.slices, strict=True):
                p._value = base[s].reshape(p.shape)
        self.values = base
        self.members = [(p, p._value) for p in self.parameters]

    def gradients(self) -> tuple[list[Any], bool]:
        """The parameters' gradients, flattened (None where there is none), and whether all have one.

        Counts as a change of the parameters that have one.
        """
        flat: list[Any] = []
        complete = True
        now = next_index()
        for p, view in self.members:
            if p._value is not view:  # a second optimizer, or a write while frozen, moved it
                self.adopt()
                return self.gradients()
            node = p._node
            if node is None or node.grad is None:
                flat.append(None)
                complete = False
                continue
            grad = node.grad
            flat.append((grad._value if isinstance(grad, Tensor) else grad).ravel())
            node.changed = now  # type: ignore[union-attr]
        return flat, complete


class Optimizer(ABC):
    """What all optimizers share: a subclass defines `update`.

    Parameters
    ----------
    params : iterable of Tensor
        Leaves that require gradients, each once. A frozen `Parameter` is passed over as long as it is frozen.
    lr : float
        Learning rate, positive and finite.

    Raises
    ------
    GradientError
        A Tensor that was computed from others, or that requires no gradient.
    """

    def __init__(self, params: Iterable[Tensor], lr: float) -> None:
        if isinstance(params, Tensor):
            raise TypeError("optimizer: a list of Tensors expected, got one Tensor; write [t]")
        self.params = list(params)
        if not self.params:
            raise ValueError("optimizer: no parameters given (a generator can be used up only once)")
        for k, p in enumerate(self.params):
            if not isinstance(p, Tensor):
                raise TypeError(f"optimizer: parameter {k} is a {type(p).__name__}, not a Tensor")
            if not (isinstance(p._node, Leaf) or (p._node is None and isinstance(p, Parameter))):
                raise GradientError(
                    f"optimizer: parameter {k} (name {p.name!r}, shape {p.shape}) is not a leaf that "
                    "requires a gradient"
                )
            if not isinstance(p._value, (np.ndarray, np.generic)):
                raise TypeError(
                    f"optimizer: parameter {k} holds a {type(p._value).__module__}.{type(p._value).__name__}, but the "
                    "optimizers step NumPy arrays alone; under no_grad() write p -= lr * p.grad"
                )
        if len(set(self.params)) < len(self.params):
            raise ValueError("optimizer: a parameter is given twice")
        self._blocks = [_Block(group) for group in _groups(self.params)]
        self.lr = _rate("lr", lr, positive=True)

    @property
    def lr(self) -> float:
        """The learning rate. Can be changed between steps; 0 (the end of many a schedule) changes nothing."""
        return self._lr

    @lr.setter
    def lr(self, lr: float) -> None:
        self._lr = _rate("lr", lr)
        # As arrays, since NumPy converts a bare number at every call, in 0.2 us.
        self._lr_arrays = {block.values.dtype: np.array(lr, block.values.dtype) for block in self._blocks}

    @abstractmethod
    def update(
        self,
        values: np.ndarray[Any, Any],
        gradient: np.ndarray[Any, Any],
        state: State,
        scratch: np.ndarray[Any, Any],
    ) -> None:
        """Change `values` and `state` in place, entry by entry; `gradient` must not be written to."""

    @abstractmethod
    def init(self, values: np.ndarray[Any, Any]) -> State:
        """The state before the first step, for parameters with these values."""

    def step(self) -> None:
        """Change every parameter that has a gradient, in place."""
        for block in self._blocks:
            gradients, complete = block.gradients()
            if block.state is None:
                block.state = self.init(block.values)
            if not complete:
                self._step_some(block, block.state, gradients)
                continue
            alone = len(gradients) == 1
            gradient = gradients[0] if alone else np.concatenate(gradients, out=block.gradient)
            self.update(block.values, gradient, block.state, block.scratch)

    def _step_some(self, block: _Block, state: State, gradients: list[Any]) -> None:
        """A step in which some parameters of the block have no gradient, and stay as they are."""
        for s, gradient in zip(block.slices, gradients, strict=True):
            if gradient is not None:
                part = {name: array[s] for name, array in state.items()}
                self.update(block.values[s], gradient, part, block.scratch[s])

    def zero_grad(self) -> None:
        """Forget all gradients."""
        for p in self.params:
            if p._node is not None:
                p._node.grad = None


def _groups(params: list[Tensor]) -> list[list[Tensor]]:
    """Small parameters of one dtype together, large ones alone."""
    small: dict[Any, list[Tensor]] = {}
    groups = []
    for p in params:
        if p.size > _LARGE:
            groups.append([p])
        else:
            small.setdefault(p.dtype, []).append(p)
    return [*small.values(), *groups]


def _rate(name: str, value: object, *, positive: bool = False) -> float:
    expected = f"{name}: a {'positive' if positive else 'non-negative'}, finite number expected, got {value!r}"
    if not isinstance(value, Real):
        raise TypeError(expected)
    if not math.isfinite(value) or value < 0 or (positive and value == 0):
        raise ValueError(expected)
    return float(value)


class SGD(Optimizer):
    """Gradient descent, with momentum and weight decay where wanted.

    Parameters
    ----------
    params : iterable of Tensor
    lr : float
        Learning rate.
    momentum : float
        ``v = momentum*v + g``, then ``p -= lr*v`` (the learning rate outside, as in PyTorch).
    weight_decay : float
        Adds ``weight_decay * p`` to the gradient.
    nesterov : bool
        Steps along ``g + momentum*v`` instead of `v`.

    References
    ----------
    Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import optim
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = optim.SGD([w], lr=0.1)
    >>> (w * w).sum().backward()
    >>> optimizer.step()
    >>> w
    Tensor([0.8, 1.6], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(params, lr)
        self.momentum = _rate("momentum", momentum)
        self.weight_decay = _rate("weight_decay", weight_decay)
        self.nesterov = nesterov
        if nesterov and not momentum:
            raise ValueError("nesterov: needs a momentum above 0")

    def init(self, values: np.ndarray[Any, Any]) -> State:
        """A velocity of 0, also without momentum, which can be switched on later."""
        return {"velocity": np.zeros(values.shape, values.dtype)}  # takes no memory until it is written to

    def update(
        self,
        values: np.ndarray[Any, Any],
        gradient: np.ndarray[Any, Any],
        state: State,
        scratch: np.ndarray[Any, Any],
    ) -> None:
        """``p -= lr * g``, or along the velocity."""
        if self.weight_decay:
            gradient = gradient + self.weight_decay * values
        if self.momentum:
            velocity = state["velocity"]
            velocity *= self.momentum
            velocity += gradient
            gradient = gradient + self.momentum * velocity if self.nesterov else velocity
        np.multiply(gradient, self._lr_arrays[values.dtype], scratch)
        np.subtract(values, scratch, values)
