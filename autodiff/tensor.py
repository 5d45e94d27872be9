"""`Tensor`: a thin handle on a value and on the node that recorded how the value came about.

No operator is defined here: `op` attaches each operator and method where its operation is declared, and `transforms`
attaches `backward`. The declarations below tell type checkers what will be there.
"""

from __future__ import annotations

import math
import sys
import weakref
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._namespaces import DIFFERENTIABLE, NAMESPACES, Array, is_array
from .graph import NOT_KEPT, Deferred, GradientError, Leaf, Node, is_grad_enabled, next_index

View = tuple["Tensor", Any, tuple[Any, ...], dict[str, Any]]
"""What a tensor is a view of, and the operation, its arguments and its parameters that made it (`op.views`)."""


class Tensor:
    """An array whose history is recorded, so that what is computed from it can be differentiated.

    Parameters
    ----------
    data : array_like
        Copied. Python floats become float64, an array keeps its dtype.
    requires_grad : bool
        Whether gradients with respect to this tensor will be asked for.
    dtype : dtype, optional
        Converts `data`.
    name : str, optional
        For error messages.

    Raises
    ------
    TypeError
        `requires_grad` for integers or booleans, which have no derivative.

    Examples
    --------
    >>> from autodiff import Tensor
    >>> x = Tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> y = (x * x).sum()
    >>> y.backward()
    >>> x.grad
    Tensor([2., 4., 6.])
    """

    __slots__ = ("__weakref__", "_node", "_value", "_view", "_views", "name")

    _value: Array
    _node: Node | Leaf | None
    _view: View | None  # set where the tensor is a view: what of
    _views: list[weakref.ref[Tensor]]  # set where there are views of the tensor
    name: str | None

    def __init__(self, data: Any, requires_grad: bool = False, dtype: Any = None, name: str | None = None) -> None:
        if isinstance(data, Tensor):
            data = data._untracked("Tensor(t)")
        if isinstance(data, (np.ndarray, np.generic)) or not is_array(data):
            value = np.array(data, dtype=dtype)
            if value.dtype.kind not in "biufc":
                raise TypeError(
                    f"Tensor: data of dtype {value.dtype} isn't numeric; if these are Tensors or rows of unequal "
                    "length, use stack or concat, or pad them"
                )
        else:
            value = NAMESPACES[type(data)].asarray(data, dtype=dtype, copy=True)
        self._value = value
        self._node = None
        self.name = name
        if requires_grad:
            self.requires_grad = True

    # The handle ------------------------------------------------------------------------------------------------------

    @property
    def data(self) -> Array:
        """The raw array; read-only where the tensor is not a leaf.

        Assigning replaces the value (same shape and dtype). For a leaf that requires a gradient this writes into its
        present memory and counts as a change in place.
        """
        value = self._value
        if not isinstance(value, (np.ndarray, np.generic)):
            return value
        if not isinstance(value, np.ndarray):
            value = np.array(value)
        if isinstance(self._node, Node):
            value = value.view()
            value.flags.writeable = False
        return value

    @data.setter
    def data(self, data: Any) -> None:
        xp = NAMESPACES[type(self._value)]
        value: Any = data._untracked("x.data = t") if isinstance(data, Tensor) else data
        if type(value) is not type(self._value):
            value = xp.asarray(value if is_array(value) else np.asarray(value), device=self.device)
        if value.shape != self.shape or value.dtype != self.dtype:
            raise ValueError(
                f"data: expected shape {self.shape} and {self.dtype}, got shape {value.shape} and {value.dtype}"
            )
        if isinstance(self._node, Node):
            raise GradientError("data: only a leaf's value can be replaced; this tensor was computed from others")
        if self._node is None:
            self._value = xp.asarray(value, copy=True)  # somebody may have saved the old array
        else:
            self._value = xp.overwritten(self._value, value)
            self._node.changed = next_index()

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""
        return self._value.shape  # type: ignore[no-any-return]

    @property
    def dtype(self) -> Any:
        """The elements' dtype."""
        return self._value.dtype

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self._value.shape)

    @property
    def device(self) -> Any:
        """Where the elements are: "cpu" for NumPy."""
        return self._value.device

    @property
    def size(self) -> int:
        """Number of elements."""
        return math.prod(self._value.shape)

    @property
    def requires_grad(self) -> bool:
        """Whether this tensor is part of a recorded graph. Can be set on a leaf."""
        return self._node is not None

    @requires_grad.setter
    def requires_grad(self, required: bool) -> None:
        if isinstance(self._node, Node):
            raise GradientError("requires_grad can be set on leaves alone; use .detach() for a copy outside the graph")
        if not required:
            self._node = None
        elif self._node is None:
            if not DIFFERENTIABLE[self.dtype]:
                raise TypeError(
                    f"a tensor of dtype {self.dtype} can't require a gradient; convert it first, with "
                    "Tensor(data, dtype=float) or .astype(float)"
                )
            value = self._value
            if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.base is not None):
                self._value = np.array(value)  # a leaf is written to in place, which must not reach another's memory
                self._view = None
            self._node = Leaf(self.shape, self.dtype, self.name)

    @property
    def is_leaf(self) -> bool:
        """Whether no recorded operation made this tensor."""
        return not isinstance(self._node, Node)

    @property
    def grad(self) -> Tensor | None:
        """The accumulated gradient, or None. What it hands out never changes afterwards."""
        node = self._node
        if node is None or node.grad is None or node.grad is NOT_KEPT:
            return None
        value = node.grad
        if isinstance(value, Tensor):
            return value
        if isinstance(value, Deferred):
            value = value.read()
            if value is None:
                return None
        if isinstance(value, np.ndarray):
            # Two leaves may share one gradient array (that of a + b), so it is not for writing.
            value = value.view()
            value.flags.writeable = False
        return wrap(value, None)

    @grad.setter
    def grad(self, grad: Any) -> None:
        if grad is None:
            if self._node is not None and self._node.grad is not NOT_KEPT:
                self._node.grad = None
            return
        if not isinstance(self._node, Leaf):
            raise GradientError("grad can be set on a leaf that requires a gradient, and on no other tensor")
        if not isinstance(grad, Tensor):
            grad = Tensor(grad)
        if grad.shape != self.shape or grad.dtype != self.dtype:
            raise ValueError(
                f"grad: expected shape {self.shape} and {self.dtype}, got shape {grad.shape} and {grad.dtype}"
            )
        self._node.grad = grad if grad._node is not None else grad._value

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradient, or set it to zeros."""
        self.grad = None if set_to_none else wrap(NAMESPACES[type(self._value)].zeros_like(self._value), None)

    def retain_grad(self) -> None:
        """Keep the gradient of this intermediate result when `backward` passes it.

        Examples
        --------
        >>> from autodiff import Tensor
        >>> x = Tensor(3.0, requires_grad=True)
        >>> y = x * x
        >>> y.retain_grad()
        >>> (2.0 * y).backward()
        >>> y.grad
        Tensor(2.)
        """
        if self._node is None:
            raise GradientError("retain_grad: this tensor requires no gradient")
        if self._node.grad is NOT_KEPT:
            self._node.grad = None

    def detach(self) -> Tensor:
        """The same value outside the graph: a constant, as far as derivatives go. A leaf's value is copied.

        Examples
        --------
        >>> from autodiff import Tensor
        >>> x = Tensor(3.0, requires_grad=True)
        >>> (x * x.detach()).backward()
        >>> x.grad
        Tensor(3.)
        """
        value = self._value
        if isinstance(self._node, Leaf):
            value = NAMESPACES[type(value)].asarray(value, copy=True)  # a later step of an optimizer changes the leaf
        elif isinstance(value, np.ndarray):
            value = value.view()
            value.flags.writeable = False
        return wrap(value, None)

    def item(self) -> Any:
        """The only element as a Python number: the explicit way out of the graph."""
        value = self._value
        return value.item() if hasattr(value, "item") else NAMESPACES[type(value)].to_numpy(value).item()

    def tolist(self) -> Any:
        """Nested lists of Python numbers."""
        return NAMESPACES[type(self._value)].to_numpy(self._value).tolist()

    def numpy(self) -> np.ndarray[Any, Any]:
        """The value as a NumPy array; of a tensor that requires a gradient, ask ``x.detach().numpy()``."""
        value = self._untracked("x.numpy()")
        return NAMESPACES[type(value)].to_numpy(value)

    # Python's own protocols ------------------------------------------------------------------------------------------

    def _untracked(self, what: str) -> Array:
        """The raw value, unless that would cut a gradient silently."""
        if self._node is not None:
            raise GradientError(
                f"{what} would cut the gradient: the tensor of shape {self.shape} requires one. "
                "Use .detach() first (or .item() for a number) where that is meant"
            )
        return self._value

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        value = self._untracked("np.asarray(t)")
        return np.array(NAMESPACES[type(value)].to_numpy(value), dtype=dtype, copy=copy)

    def __array_namespace__(self, /, *, api_version: str | None = None) -> Any:
        """`autodiff` itself, for code written against the array API standard."""
        if api_version not in _API_VERSIONS:
            raise ValueError(f"the array API standard {api_version!r} isn't known here, {_API_VERSIONS[-1]} is")
        return sys.modules[__package__]

    def __dlpack__(
        self, /, *, stream: Any = None, max_version: Any = None, dl_device: Any = None, copy: bool | None = None
    ) -> Any:
        value: Any = self._untracked("DLPack export")
        exported: Any = np.asarray(value) if isinstance(value, np.generic) else value
        return exported.__dlpack__(stream=stream, max_version=max_version, dl_device=dl_device, copy=copy)

    def __dlpack_device__(self) -> Any:
        value: Any = self._value
        return (np.asarray(value) if isinstance(value, np.generic) else value).__dlpack_device__()

    def __float__(self) -> float:
        return float(self._untracked("float(t)"))

    def __int__(self) -> int:
        return int(self._untracked("int(t)"))

    def __complex__(self) -> complex:
        return complex(self._untracked("complex(t)"))

    def __index__(self) -> int:
        # An integer tensor is never tracked.
        if self.ndim or "int" not in str(self.dtype):
            raise TypeError(
                f"only an integer tensor of shape () is an index, not one of {self.dtype}, shape {self.shape}"
            )
        return int(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("len() of a tensor of shape ()")
        return self.shape[0]

    def __iter__(self) -> Iterator[Tensor]:
        if not self.shape:
            raise TypeError("iteration over a tensor of shape ()")
        return (self[k] for k in range(self.shape[0]))

    def __contains__(self, item: Any) -> bool:
        value = self._value
        return bool(NAMESPACES[type(value)].any(value == (item._value if isinstance(item, Tensor) else item)))

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        value = self._value
        if isinstance(value, (np.ndarray, np.generic)):
            text = repr(np.asarray(value))
            inside = text[text.index("(") + 1 : -1].replace("\n", "\n ")
        else:
            inside = (
                NAMESPACES[type(value)].text(value).replace("\n", "\n       ")
            )  # with the library's own name for an array
        named = f", name={self.name!r}" if self.name else ""
        return f"Tensor({inside}{named}{', requires_grad=True' if self._node is not None else ''})"

    def __format__(self, spec: str) -> str:
        return format(self.item(), spec) if spec and not self.shape else format(str(self), spec)

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        if isinstance(self._node, Node):
            raise GradientError("only leaves can be copied deeply; use .detach() on a tensor that was computed")
        copy = type(self).__new__(type(self))
        copy._value = NAMESPACES[type(self._value)].asarray(self._value, copy=True)
        copy._node = None
        copy.name = self.name
        if self._node is not None:
            copy._node = Leaf(self.shape, self.dtype, self.name)
            copy.grad = self.grad
        memo[id(self)] = copy
        return copy

    def __reduce__(self) -> Any:
        if isinstance(self._node, Node):
            raise GradientError("only leaves can be pickled; use .detach() on a tensor that was computed")
        value = self._value
        plain = np.asarray(value) if isinstance(value, np.generic) else value
        return type(self), (plain, self.requires_grad, None, self.name)

    # Changes in place ------------------------------------------------------------------------------------------------

    def _become(self, what: str, value: Array, node: Node | Leaf | None) -> Tensor:
        """Take on a new value, computed from the old one by `what` (an in-place operator or ``x[k] = v``).

        A leaf that requires a gradient is written to, under `no_grad`; any other handle moves on to the new value,
        and what others saved of the old one never changes. Views of it, and what it is a view of, move on with it.
        """
        if value.shape != self.shape or value.dtype != self.dtype:
            raise ValueError(
                f"{what}: the result has shape {value.shape} and {value.dtype}, which doesn't fit into shape "
                f"{self.shape} and {self.dtype} in place"
            )
        if isinstance(self._node, Leaf):
            if is_grad_enabled():
                raise GradientError(
                    f"{what}: a leaf that requires a gradient ({self._node!r}) can't be changed in place while "
                    "operations are recorded; do it under no_grad(), or write x = x + ... for a new tensor"
                )
            self._value = NAMESPACES[type(value)].overwritten(self._value, value)
            self._node.changed = next_index()
        else:
            if getattr(self, "_view", None) is not None:
                value = self._write_through(what, wrap(value, node))
            self._move(value, node)
        return self

    def _move(self, value: Array, node: Node | Leaf | None) -> None:
        """Stand for another value, as do the views of this tensor."""
        self._value = value
        self._node = node
        for reference in getattr(self, "_views", ()):
            tensor = reference()
            if tensor is not None:
                tensor._follow()

    if TYPE_CHECKING:
        # Attached where the operations are declared (`autodiff/ops`), in `op.views`, and in `transforms`.
        def _write_through(self, what: str, part: Tensor) -> Array: ...
        def _follow(self) -> None: ...

        T: Tensor
        mT: Tensor

        def backward(
            self, gradient: Any = None, retain_graph: bool | None = None, create_graph: bool = False
        ) -> None: ...
        def __getitem__(self, key: Any) -> Tensor: ...
        def __setitem__(self, key: Any, values: Any) -> None: ...
        def __add__(self, other: Any) -> Tensor: ...
        def __radd__(self, other: Any) -> Tensor: ...
        def __sub__(self, other: Any) -> Tensor: ...
        def __rsub__(self, other: Any) -> Tensor: ...
        def __mul__(self, other: Any) -> Tensor: ...
        def __rmul__(self, other: Any) -> Tensor: ...
        def __truediv__(self, other: Any) -> Tensor: ...
        def __rtruediv__(self, other: Any) -> Tensor: ...
        def __floordiv__(self, other: Any) -> Tensor: ...
        def __rfloordiv__(self, other: Any) -> Tensor: ...
        def __mod__(self, other: Any) -> Tensor: ...
        def __rmod__(self, other: Any) -> Tensor: ...
        def __divmod__(self, other: Any) -> tuple[Tensor, Tensor]: ...
        def __rdivmod__(self, other: Any) -> tuple[Tensor, Tensor]: ...
        def __pow__(self, other: Any) -> Tensor: ...
        def __rpow__(self, other: Any) -> Tensor: ...
        def __matmul__(self, other: Any) -> Tensor: ...
        def __rmatmul__(self, other: Any) -> Tensor: ...
        def __neg__(self) -> Tensor: ...
        def __pos__(self) -> Tensor: ...
        def __abs__(self) -> Tensor: ...
        def __invert__(self) -> Tensor: ...
        def __and__(self, other: Any) -> Tensor: ...
        def __or__(self, other: Any) -> Tensor: ...
        def __xor__(self, other: Any) -> Tensor: ...
        def __lshift__(self, other: Any) -> Tensor: ...
        def __rshift__(self, other: Any) -> Tensor: ...
        def __lt__(self, other: Any) -> Tensor: ...
        def __le__(self, other: Any) -> Tensor: ...
        def __gt__(self, other: Any) -> Tensor: ...
        def __ge__(self, other: Any) -> Tensor: ...
        def __eq__(self, other: Any) -> Tensor: ...  # type: ignore[override]
        def __ne__(self, other: Any) -> Tensor: ...  # type: ignore[override]
        def sum(self, axis: Any = None, *, dtype: Any = None, keepdims: bool = False) -> Tensor: ...
        def prod(self, axis: Any = None, *, dtype: Any = None, keepdims: bool = False) -> Tensor: ...
        def mean(self, axis: Any = None, *, keepdims: bool = False) -> Tensor: ...
        def max(self, axis: Any = None, *, keepdims: bool = False) -> Tensor: ...
        def min(self, axis: Any = None, *, keepdims: bool = False) -> Tensor: ...
        def var(self, axis: Any = None, *, correction: float = 0.0, keepdims: bool = False) -> Tensor: ...
        def std(self, axis: Any = None, *, correction: float = 0.0, keepdims: bool = False) -> Tensor: ...
        def argmax(self, axis: int | None = None, *, keepdims: bool = False) -> Tensor: ...
        def argmin(self, axis: int | None = None, *, keepdims: bool = False) -> Tensor: ...
        def all(self, axis: Any = None, *, keepdims: bool = False) -> Tensor: ...
        def any(self, axis: Any = None, *, keepdims: bool = False) -> Tensor: ...
        def reshape(self, *shape: Any) -> Tensor: ...
        def transpose(self, *axes: Any) -> Tensor: ...
        def flatten(self) -> Tensor: ...
        def ravel(self) -> Tensor: ...
        def squeeze(self, axis: int | Sequence[int] | None = None) -> Tensor: ...
        def argsort(self, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Tensor: ...
        def astype(self, dtype: Any, *, copy: bool = True, device: Any = None) -> Tensor: ...
        def to_device(self, device: Any, /, *, stream: Any = None) -> Tensor: ...
        def clip(self, min: Any = None, max: Any = None) -> Tensor: ...
        def dot(self, other: Any) -> Tensor: ...
        def take(self, indices: Any, *, axis: int | None = None) -> Tensor: ...
        def copy(self) -> Tensor: ...


_API_VERSIONS = (None, "2021.12", "2022.12", "2023.12", "2024.12", "2025.12")
"""The versions of the array API standard that the namespace may be asked for; each includes the ones before."""

_new = object.__new__


def wrap(value: Array, node: Node | Leaf | None) -> Tensor:
    """A Tensor around a raw value, without a copy."""
    tensor: Tensor = _new(Tensor)
    tensor._value = value
    tensor._node = node
    tensor.name = None
    return tensor
