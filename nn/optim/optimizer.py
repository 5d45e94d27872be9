"""`Optimizer`: what all optimizers share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import numpy as np

from autodiff import GradientError, Tensor, compiler, enable_grad
from autodiff._namespaces import Array
from autodiff.graph import Leaf

from ..module import Parameter
from .blocks import Block, State, together
from .groups import Check, Option, ParamGroup, checked, rate

Params = Iterable[Tensor] | Iterable[Mapping[str, Any]]
"""Tensors, or groups of them: ``{"params": [...], "lr": ...}``, with options where they differ from the others'."""


class Optimizer(ABC):
    """What all optimizers share: a subclass defines `init` and `update`, and names its options.

    Parameters
    ----------
    params : iterable of Tensor, or of dict
        Leaves that require gradients, each once. A frozen `Parameter` is passed over as long as it is frozen.
        With dicts each is a group of parameters with options of its own, ``{"params": [...], "lr": 0.1}``.
    lr : float
        Learning rate, positive and finite.
    **options
        By name, as in `checks`.

    Attributes
    ----------
    param_groups : list of ParamGroup
        The options, which can be changed between steps: ``param_groups[0]["lr"] = 0.1``. An attribute of the
        optimizer (`lr`, `momentum`) stands for the option of all groups.
    checks : dict of str to callable
        Of a class: its options without `lr`, and what is checked when they are set.

    Raises
    ------
    GradientError
        A Tensor that was computed from others, or that requires no gradient.
    """

    checks: ClassVar[dict[str, Check]]
    lr = Option()
    unwatched: ClassVar[tuple[str, ...]] = ("params", "checks", "_defaults")
    replaced_when_changed = ("_blocks",)

    def __init__(self, params: Params, lr: float, **options: Any) -> None:
        if isinstance(params, Tensor):
            raise TypeError("optimizer: a list of Tensors expected, got one Tensor; write [t]")
        given: list[Any] = list(params)
        if not given:
            raise ValueError("optimizer: no parameters given (a generator can be used up only once)")
        rate("lr", lr, positive=True)
        self._defaults = {"lr": lr, **{name: checked(self.checks, name, value) for name, value in options.items()}}
        self.params: list[Tensor] = []
        self.param_groups: list[ParamGroup] = []
        self._blocks: list[Block] = []
        groups = given if isinstance(given[0], Mapping) else [{"params": given}]
        # All is checked before the first parameter is touched.
        for group in [self._group(group) for group in groups]:
            self._add(group)

    def add_param_group(self, param_group: Mapping[str, Any]) -> None:
        """Train further parameters.

        Parameters
        ----------
        param_group : dict
            ``"params"``, a Tensor or several, and options where they differ from the optimizer's.
        """
        self._add(self._group(param_group))

    def _group(self, group: Any) -> ParamGroup:
        if not isinstance(group, Mapping):
            raise TypeError(f"optimizer: groups are dicts such as {{'params': [...]}}, got a {type(group).__name__}")
        if "params" not in group:
            raise ValueError(f"optimizer: a group without 'params', only {', '.join(group) or 'nothing'}")
        options = dict(group)
        params = options.pop("params")
        params = [params] if isinstance(params, Tensor) else list(params)
        if not params:
            raise ValueError("optimizer: a group with no parameters (a generator can be used up only once)")
        self._check_params(params)
        unknown = options.keys() - self._defaults.keys()
        if unknown:
            raise ValueError(f"{min(unknown)}: no such option; there are {', '.join(self._defaults)}")
        made = ParamGroup(params, {**self._defaults, **options}, self.checks)
        self.check(made)
        self.params = [*self.params, *params]
        return made

    def _check_params(self, params: list[Any]) -> None:
        known = {id(p) for p in self.params}
        for k, p in enumerate(params, len(self.params)):
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
            if id(p) in known:
                raise ValueError("optimizer: a parameter is given twice")
            known.add(id(p))

    def _add(self, group: ParamGroup) -> None:
        position = len(self.param_groups)
        self.param_groups.append(group)
        self._blocks = [*self._blocks, *[Block(params, position) for params in together(group.params, lambda _: None)]]

    def check(self, group: ParamGroup) -> None:  # noqa: B027 - most rules have nothing to check
        """Raise where a new group's options don't fit together."""

    # The rule --------------------------------------------------------------------------------------------------------

    @abstractmethod
    def init(self, p: Array, group: ParamGroup) -> State:
        """The state before the first step: arrays in the shape of the parameters `p`, or of shape ()."""

    @abstractmethod
    def update(self, xp: Any, g: Array, state: State, p: Array, group: ParamGroup) -> tuple[Array, State]:
        """The parameters and the state after a step along the gradient `g`, entry by entry, as new arrays.

        A rule as those of the operations are, written against the namespace `xp`: eagerly it becomes calls that
        write in place, and in a compiled step a part of the program.
        """

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Change every parameter that has a gradient, in place.

        Parameters
        ----------
        closure : callable, optional
            Called first: computes the loss anew, and the gradients.

        Returns
        -------
        object
            What `closure` returns.
        """
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        recording = compiler.recording()
        if recording is not None:
            self._record_step(recording)
            return loss
        for block in self._blocks:  # of which `_split` makes a new list
            gradients, complete = block.gradients()
            if complete:
                alone = len(gradients) == 1
                self._step(block, gradients[0] if alone else np.concatenate(gradients, out=block.gradient))
            elif len(gradients) > 1 and any(gradient is not None for gradient in gradients):
                for single, gradient in zip(self._split(block), gradients, strict=True):
                    if gradient is not None:
                        self._step(single, gradient)
        return loss

    def _step(self, block: Block, gradient: Any) -> None:
        """A step of a block whose parameters all have a gradient."""
        group = self.param_groups[block.group]
        if block.kernel is None or block.settings is not group.settings:
            self._complete(block)

            def rule(xp: Any, g: Array, state: State, p: Array) -> tuple[Array, State]:
                return self.update(xp, g, state, p, group)

            block.kernel = compiler.in_place(rule, gradient, block.state, block.values)
            block.settings = group.settings
        block.kernel(gradient)

    def _complete(self, block: Block) -> None:
        """Make what state is missing: all of it before the first step, later what an option that is new needs."""
        block.state = {**self.init(block.values, self.param_groups[block.group]), **block.state}

    def _split(self, block: Block) -> list[Block]:
        """Let each parameter of a block be stepped for itself from now on, since some have no gradient and stay."""
        self._complete(block)
        singles = block.singles()
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

    def _record_block(self, recording: Any, block: Block, gradients: list[Any]) -> None:
        self._complete(block)
        group = self.param_groups[block.group]
        parts = [block.part(k) for k in range(len(gradients))]
        # All is read before anything is written: parameters share the count of steps.
        before = [{name: recording.state_array(a, name) for name, a in part.items()} for part in parts]
        for p, gradient, part, state in zip(block.parameters, gradients, parts, before, strict=True):
            p._value[...], after = self.update(compiler.RECORDING, gradient, state, p._value, group)
            for name, array in part.items():
                recording.write_array(array, after.get(name, state[name]))

    def zero_grad(self) -> None:
        """Forget all gradients."""
        for p in self.params:
            if p._node is not None:
                p._node.grad = None

    # State dicts -----------------------------------------------------------------------------------------------------

    def state_dict(self) -> dict[str, Any]:
        """A copy of the options and the state, as in PyTorch.

        Returns
        -------
        dict
            ``"state"``: for each parameter that was stepped, by its position, arrays by name; ``"param_groups"``: for
            each group its options, and the positions of its ``"params"``.
        """
        position = {id(p): k for k, p in enumerate(self.params)}
        groups = [{**group, "params": [position[id(p)] for p in group.params]} for group in self.param_groups]
        states = self._states()
        return {"state": {position[id(p)]: states[p] for p in self.params if p in states}, "param_groups": groups}

    def _states(self) -> dict[Tensor, State]:
        """A copy of each parameter's state."""
        return {
            p: {name: np.array(array) for name, array in block.part(k).items()}
            for block in self._blocks
            if block.state
            for k, p in enumerate(block.parameters)
        }

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Go on where another optimizer of this kind was: all of it is taken over, or (after an error) nothing.

        Parameters
        ----------
        state_dict : dict
            As `state_dict` returns it; also PyTorch's, with its tensors made arrays.
        """
        given = state_dict["param_groups"]
        sizes, own = [len(group["params"]) for group in given], [len(group.params) for group in self.param_groups]
        if sizes != own:
            raise ValueError(f"load_state_dict: groups of {sizes} parameters were given, but there are {own}")
        groups = [
            ParamGroup(old.params, {name: new.get(name, old[name]) for name in ["lr", *old.settings]}, self.checks)
            for new, old in zip(given, self.param_groups, strict=True)
        ]
        # Positions may be any names; those of a group's parameters stand in the order of our own.
        names = [name for group in given for name in group["params"]]
        states = {p: state_dict["state"].get(name) for p, name in zip(self.params, names, strict=True)}
        self._load_states(states, groups)
        for old, new in zip(self.param_groups, groups, strict=True):
            for name in ["lr", *new.settings]:
                old[name] = new[name]

    def _load_states(self, states: dict[Tensor, State | None], groups: list[ParamGroup]) -> None:
        """Make the blocks anew, each of parameters with the same counts of steps."""
        loaded = {
            p: self._flat_state(p, state, group) for group in groups for p in group.params if (state := states[p])
        }

        def counts(p: Tensor) -> Any:
            return p in loaded and tuple([(name, a.item()) for name, a in loaded[p].items() if a.ndim == 0])

        self._blocks = [Block(params, k) for k, group in enumerate(groups) for params in together(group.params, counts)]
        for block in self._blocks:
            parts = [loaded[p] for p in block.parameters if p in loaded]
            for name, array in parts[0].items() if parts else ():
                block.state[name] = np.concatenate([part[name] for part in parts]) if array.ndim else array

    def _flat_state(self, p: Tensor, state: State, group: ParamGroup) -> State:
        """The state of one parameter, flat; what isn't given is as before the first step."""
        flat = {}
        for name, array in self.init(np.ravel(p.data), group).items():
            value = state.get(name)
            if value is None:
                flat[name] = array
                continue
            wanted = p.shape if array.ndim else ()
            if np.shape(value) != wanted:
                raise ValueError(f"load_state_dict: {name} of shape {wanted} expected, got {np.shape(value)}")
            flat[name] = np.array(value, array.dtype).reshape(array.shape)
        return flat
