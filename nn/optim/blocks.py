"""`Block`: parameters that are stepped together, as one flat array."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autodiff import Tensor
from autodiff.graph import Deferred, next_index

State = dict[str, Any]
"""The arrays that an optimizer keeps for its parameters, by name."""

# A step on many small parameters is a few NumPy calls on one buffer instead of a few for each: at H = 10 it
# takes 2.5 us instead of 8. A large parameter is left alone, since collecting its gradient would cost a pass
# over the memory.
_LARGE = 2048


class Block:
    """Parameters that are stepped together: views of one flat buffer, or a single large one.

    Parameters
    ----------
    parameters : list of Tensor
    group : int
        The position of the group whose options are theirs.
    values, view : array, optional
        Of a part of a larger block: its values in the buffer, and as its parameter sees them.
    """

    def __init__(self, parameters: list[Tensor], group: int, values: Any = None, view: Any = None) -> None:
        self.parameters = parameters
        self.group = group
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

    def singles(self) -> list[Block]:
        """The same parameters as blocks of their own, each with its share of the state."""
        blocks = []
        for k, p in enumerate(self.parameters):
            single = Block([p], self.group, self.values[self.slices[k]], self.members[k][1])
            part = self.part(k).items()
            single.state = {name: np.array(array).reshape(-1 if array.ndim else ()) for name, array in part}
            blocks.append(single)
        return blocks

    def __getstate__(self) -> dict[str, Any]:
        """What a copy is made of: its parameters have memory of their own, and with that it makes the rest anew."""
        return {"parameters": self.parameters, "group": self.group, "state": self.state}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        self.__init__(kept["parameters"], kept["group"])  # type: ignore[misc]
        self.state = kept["state"]


def together(params: list[Tensor], key: Callable[[Tensor], Any]) -> list[list[Tensor]]:
    """Small parameters of one dtype and `key` together, large ones alone."""
    small: dict[Any, list[Tensor]] = {}
    alone = []
    for p in params:
        if p.size > _LARGE:
            alone.append([p])
        else:
            small.setdefault((p.dtype, key(p)), []).append(p)
    return [*small.values(), *alone]
