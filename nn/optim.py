"""Optimizers: rules that change parameters in place, given their gradients."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable
from numbers import Real
from typing import Any

import numpy as np

from autodiff import GradientError, Tensor, compiler
from autodiff._namespaces import Array
from autodiff.graph import Deferred, Leaf, next_index

from .module import Parameter

State = dict[str, Any]
"""The arrays that an optimizer keeps for its parameters, by name."""

# A step on many small parameters is a few NumPy calls on one buffer instead of a few for each: at H = 10 it
# takes 2.5 us instead of 8. A large parameter is left alone, since collecting its gradient would cost a pass
# over the memory.
_LARGE = 2048


class _Block:
    """Parameters that are stepped together: views of one flat buffer, or a single large one."""

    unwatched = (
        *("parameters", "slices", "state", "kernel", "settings", "values", "members", "gradient"),
        "_parts",
    )

    def __init__(self, parameters: list[Tensor], values: Any = None, view: Any = None) -> None:
        self.parameters = parameters
        sizes = [p.size for p in parameters]
        ends = np.cumsum(sizes).tolist()
        self.slices = [slice(end - size, end) for size, end in zip(sizes, ends, strict=True)]
        self.state: State = {}
        self._parts: dict[tuple[int, str], Any] = {}
        self.kernel: Any = None
        self.settings: Any = None
        if values is None:
            self.adopt()
        else:  # a part of a larger block
            self.values = values
            self.members = [(parameters[0], view)]
        self.gradient = np.empty_like(self.values)

    def __getstate__(self) -> dict[str, Any]:
        """Without what refers to these very arrays, so that a copy makes its own."""
        return {**vars(self), "kernel": None, "_parts": {}}

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
        self.kernel = None

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
            if type(grad) is not np.ndarray:  # asked first, for the usual case: 0.2 us less
                grad = grad.read() if isinstance(grad, Deferred) else grad._value if isinstance(grad, Tensor) else grad
            flat.append(grad.ravel())
            node.changed = now  # type: ignore[union-attr]
        return flat, complete

    def part(self, k: int) -> State:
        """The state of the parameter at `k`: views, the same ones each time."""
        s, shape = self.slices[k], self.parameters[k].shape
        for name, array in self.state.items():
            if (k, name) not in self._parts:
                self._parts[k, name] = array[s].reshape(shape) if array.ndim else array
        return {name: self._parts[k, name] for name in self.state}


class Optimizer(ABC):
    """What all optimizers share: a subclass defines `init` and `update`.

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
        self._rates: dict[Any, Any] = {}
        self.lr = _rate("lr", lr, positive=True)

    unwatched = ("params", "_lr", "_rates")  # a compiled step reads these itself
    replaced_when_changed = ("_blocks",)

    @property
    def lr(self) -> float:
        """The learning rate. Can be changed between steps; 0 (the end of many a schedule) changes nothing."""
        return self._lr

    @lr.setter
    def lr(self, lr: float) -> None:
        if compiler.recording() is not None:
            raise compiler.RecordingError("lr: set it outside the compiled function, which reads it at every call")
        self._lr = _rate("lr", lr)
        # As arrays, since NumPy converts a bare number at every call, in 0.2 us; written to in place, since kernels
        # and compiled functions refer to them.
        for array in self._rates.values():
            array[...] = lr

    def _rate_as(self, dtype: Any) -> Any:
        """The learning rate as an array of shape ()."""
        if dtype not in self._rates:
            self._rates[dtype] = np.array(self._lr, dtype)
        recording = compiler.recording()
        return self._rates[dtype] if recording is None else recording.state_array(self._rates[dtype], "lr")

    @abstractmethod
    def init(self, p: Array) -> State:
        """The state before the first step: arrays in the shape of the parameters `p`, or of shape ()."""

    @abstractmethod
    def update(self, xp: Any, g: Array, state: State, p: Array) -> tuple[Array, State]:
        """The parameters and the state after a step along the gradient `g`, entry by entry, as new arrays.

        A rule as those of the operations are, written against the namespace `xp`: eagerly it becomes calls that
        write in place, and in a compiled step a part of the program.
        """

    def settings(self) -> tuple[Any, ...]:
        """What `update` reads besides the arrays; a kernel is made anew when it changes."""
        return ()

    def step(self) -> None:
        """Change every parameter that has a gradient, in place."""
        recording = compiler.recording()
        if recording is not None:
            self._record_step(recording)
            return
        for block in self._blocks:  # of which `_split` makes a new list
            gradients, complete = block.gradients()
            if complete:
                alone = len(gradients) == 1
                self._step(block, gradients[0] if alone else np.concatenate(gradients, out=block.gradient))
            elif len(gradients) > 1 and any(gradient is not None for gradient in gradients):
                for single, gradient in zip(self._split(block), gradients, strict=True):
                    if gradient is not None:
                        self._step(single, gradient)

    def _step(self, block: _Block, gradient: Any) -> None:
        """A step of a block whose parameters all have a gradient."""
        settings = self.settings()
        if block.kernel is None or block.settings != settings:
            block.state = block.state or self.init(block.values)
            block.kernel = compiler.in_place(self.update, gradient, block.state, block.values)
            block.settings = settings
        block.kernel(gradient)

    def _split(self, block: _Block) -> list[_Block]:
        """Let each parameter of a block be stepped for itself from now on, since some have no gradient and stay."""
        block.state = block.state or self.init(block.values)
        singles = []
        for k, p in enumerate(block.parameters):
            single = _Block([p], block.values[block.slices[k]], block.members[k][1])
            part = block.part(k).items()
            single.state = {name: np.array(array).reshape(-1 if array.ndim else ()) for name, array in part}
            singles.append(single)
        place = self._blocks.index(block)
        self._blocks = [*self._blocks[:place], *singles, *self._blocks[place + 1 :]]
        return singles

    def _record_step(self, recording: Any) -> None:
        """The step as equations of a compiled function, parameter by parameter."""
        for block in list(self._blocks):
            gradients = [recording.gradient(p) for p in block.parameters]
            present = [g is not None for g in gradients]
            blocks = [block] if all(present) else self._split(block) if any(present) else []
            for part, gradient in zip(blocks, [gradients] if all(present) else [[g] for g in gradients], strict=False):
                if gradient[0] is not None:
                    self._record_block(recording, part, gradient)

    def _record_block(self, recording: Any, block: _Block, gradients: list[Any]) -> None:
        block.state = block.state or self.init(block.values)
        parts = [block.part(k) for k in range(len(gradients))]
        # All is read before anything is written: parameters share the count of steps.
        before = [{name: recording.state_array(a, name) for name, a in part.items()} for part in parts]
        for p, gradient, part, state in zip(block.parameters, gradients, parts, before, strict=True):
            p._value[...], after = self.update(compiler.RECORDING, gradient, state, p._value)
            for name, array in part.items():
                recording.write_array(array, after.get(name, state[name]))

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

    def init(self, p: Array) -> State:
        """A velocity of 0, also without momentum, which can be switched on later."""
        return {"velocity": np.zeros(p.shape, p.dtype)}  # takes no memory until it is written to

    def settings(self) -> tuple[Any, ...]:
        """Momentum and weight decay."""
        return self.momentum, self.weight_decay, self.nesterov

    def update(self, _xp: Any, g: Array, state: State, p: Array) -> tuple[Array, State]:
        """``p - lr*g``, or along the velocity."""
        if self.weight_decay:
            g = g + self.weight_decay * p
        if self.momentum:
            velocity = self.momentum * state["velocity"] + g
            state = {"velocity": velocity}
            g = g + self.momentum * velocity if self.nesterov else velocity
        return p - self._rate_as(p.dtype) * g, state


class Adam(Optimizer):
    """Steps of about the size of the learning rate, by running means of the gradient and of its square.

    Parameters
    ----------
    params : iterable of Tensor
    lr : float
        Learning rate.
    betas : (float, float)
        How slowly the two means forget.
    eps : float
        Added to the root of the mean square.

    References
    ----------
    Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import optim
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = optim.Adam([w], lr=0.1)
    >>> (w * w).sum().backward()
    >>> optimizer.step()
    >>> w
    Tensor([0.9, 1.9], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        super().__init__(params, lr)
        self.beta1, self.beta2 = (_rate("betas", beta) for beta in betas)
        if not (self.beta1 < 1.0 and self.beta2 < 1.0):
            raise ValueError(f"betas: two numbers from 0 to below 1 expected, got {betas!r}")
        self.eps = _rate("eps", eps)

    def init(self, p: Array) -> State:
        """Means of 0, after no step."""
        mean, square = np.zeros(p.shape, p.dtype), np.zeros(p.shape, p.dtype)
        return {"mean": mean, "square": square, "steps": np.zeros((), np.float64)}

    def settings(self) -> tuple[Any, ...]:
        """The decay rates and the small number."""
        return self.beta1, self.beta2, self.eps

    def update(self, xp: Any, g: Array, state: State, p: Array) -> tuple[Array, State]:
        """``p - lr * mean / (sqrt(square) + eps)``, both means corrected for their start at 0."""
        steps = state["steps"] + 1.0
        mean = self.beta1 * state["mean"] + (1.0 - self.beta1) * g
        square = self.beta2 * state["square"] + (1.0 - self.beta2) * (g * g)
        # In float64 whatever the parameters' dtype, then as one number each.
        size = xp.astype(self._rate_as(np.dtype(np.float64)) / (1.0 - self.beta1**steps), p.dtype)
        root = xp.astype(xp.sqrt(1.0 - self.beta2**steps), p.dtype)
        p = p - size * (mean / (xp.sqrt(square) / root + self.eps))
        return p, {"mean": mean, "square": square, "steps": steps}
