"""Derivatives of functions: `grad`, `vjp`, `jvp` and what is made of them; and `Tensor.backward`.

Every transform makes its inputs new nodes and calls the function, which records a graph; one of the two sweeps then
goes over that graph. Where the graph reaches something else that is tracked (the input of an outer derivative, a
parameter), the sweep is recorded as well. Therefore transforms nest, in any order, without further bookkeeping.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import op
from ._namespaces import DIFFERENTIABLE, NAMESPACES
from .graph import GradientError, Node, Stub, enable_grad, is_grad_enabled
from .op import TENSORS, as_tensor
from .op.recording import kind_of
from .op.several import zeros as zeros_beside
from .sweep import check_leaves, path_between, pullback, pushforward
from .tensor import Tensor, wrap

Argnums = int | tuple[int, ...]


# Backward ------------------------------------------------------------------------------------------------------------


def backward(self: Tensor, gradient: Any = None, retain_graph: bool | None = None, create_graph: bool = False) -> None:
    """Add the derivatives of this tensor to the `grad` of every leaf that it was computed from.

    Parameters
    ----------
    gradient : array_like, optional
        The cotangent, in the shape of this tensor; needed unless that has one element.
    retain_graph : bool, optional
        Keep what the graph saved, for another backward; by default only with `create_graph`.
    create_graph : bool
        Record the derivatives, so that they can be differentiated. Each leaf's `grad` then refers to the graph and the
        graph to the leaf, a cycle that only the garbage collector frees; `autodiff.grad` makes none.

    Raises
    ------
    GradientError
        This tensor requires no gradient, it has several elements and no `gradient` is given, the graph was freed by an
        earlier backward, or a leaf was changed in place after it was used.

    Examples
    --------
    >>> from autodiff import Tensor
    >>> x = Tensor([1.0, 2.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> x.grad
    Tensor([2., 4.])
    """
    node = self._node
    if node is None:
        raise GradientError(
            f"backward of a tensor of shape {self.shape} that requires no gradient: nothing it was computed from has "
            "requires_grad=True, or it was computed under no_grad() or detached"
        )
    g: Any
    if gradient is not None:
        g = _cotangent(self, gradient)
        if not create_graph:
            g = g._value
    elif self.size == 1:
        g = NAMESPACES[type(self._value)].seed(self._value)
        if create_graph:
            g = wrap(g, None)
    else:
        raise GradientError(
            f"backward of a tensor of shape {self.shape} needs a gradient of that shape; only with a single element "
            "(a loss, after .sum() or .mean()) it is 1 by default"
        )
    if create_graph:
        with enable_grad():
            arrived = pullback({node: g}, retain_graph=retain_graph is not False)
    else:
        arrived = pullback({node: g}, retain_graph=bool(retain_graph))
    # Only now that the sweep went through, so that an error leaves every gradient as it was.
    for target, g in arrived.items():
        target.grad = g if target.grad is None else target.grad + g


Tensor.backward = backward  # type: ignore[method-assign]


def _cotangent(output: Tensor, gradient: Any) -> Tensor:
    """`gradient` as a Tensor in the shape and dtype of `output`."""
    # A copy, or a gradient that is passed on as it is would change with the array.
    g = Tensor(gradient) if isinstance(gradient, np.ndarray) else op.tensor_like(gradient, output._value)
    if NAMESPACES[type(g._value)] is not NAMESPACES[type(output._value)]:
        raise TypeError(f"gradient: {kind_of(output._value)} expected, which the output holds, got {kind_of(g._value)}")
    if g.shape != output.shape:
        raise ValueError(f"gradient: expected shape {output.shape}, that of the output, got {g.shape}")
    return g if g.dtype == output.dtype else TENSORS.astype(g, output.dtype)


# A function called on new inputs -------------------------------------------------------------------------------------


@op.linear(lambda xp, g, _y, _x: g, aliases=True, samples=[op.sample((3,))], reference=np.positive)
def identity(xp: Any, x: Any, /) -> Any:
    """The same value, as a new node of the graph: the input of a transform."""
    return x


def _source(x: Any, what: str) -> Tensor:
    """A new tracked tensor with the value of `x`."""
    tensor = as_tensor(x)
    value = tensor._value
    if not DIFFERENTIABLE[value.dtype]:
        raise TypeError(
            f"{what}: can't differentiate with respect to an argument of dtype {value.dtype}; pass a float "
            "(2.0, not 2) or .astype(float)"
        )
    parent = tensor._node
    stub = Stub(value) if parent is None else parent
    return wrap(value, Node(identity.operation, (parent,), (stub,), None, op.NONE, value.shape, value.dtype))  # type: ignore[attr-defined]


class _Recording:
    """`f` called on new inputs, and the part of the graph that leads from them to its outputs."""

    def __init__(self, what: str, f: Callable[..., Any], args: Sequence[Any], positions: Sequence[int]) -> None:
        if not positions:
            raise ValueError(f"{what}: no argument to differentiate by")
        self.differentiable_outside = is_grad_enabled()
        with enable_grad():
            replaced = list(args)
            for k in positions:
                if not -len(args) <= k < len(args):
                    raise ValueError(f"{what}: argument {k} asked for, but the function was called with {len(args)}")
                replaced[k] = _source(args[k], what)
            self.inputs: list[Tensor] = [replaced[k] for k in positions]
            result = f(*replaced)
        self.is_tuple = isinstance(result, (tuple, list))
        self.outputs = [as_tensor(y) for y in (result if self.is_tuple else (result,))]
        self.sources: list[Any] = [x._node for x in self.inputs]
        self.tape, self.outer, self.views = path_between(self.sources, [y._node for y in self.outputs])

    @property
    def recorded(self) -> bool:
        """Whether the sweep is to be recorded: somebody outside may differentiate its result."""
        return self.outer and self.differentiable_outside

    def returned(self, tensors: list[Tensor]) -> Any:
        """Outputs (or their tangents) in the form in which `f` returns them."""
        tensors = [t if self.recorded else wrap(t._value, None) for t in tensors]
        return tuple(tensors) if self.is_tuple else tensors[0]

    def pull(self, cotangents: Sequence[Tensor]) -> tuple[Tensor, ...]:
        """Reverse mode: the cotangents of the inputs."""
        # The sweep itself looks at what it passes only, and stops at the inputs.
        for view in self.views:
            check_leaves(view)
        tracked = any(g.requires_grad for g in cotangents)
        recorded = (self.outer or tracked) and is_grad_enabled()
        seeds: dict[Any, Any] = {}
        for y, g in zip(self.outputs, cotangents, strict=True):
            if y._node is not None:
                g = g if recorded else g._value
                seeds[y._node] = seeds[y._node] + g if y._node in seeds else g
        arrived = pullback(seeds, {*self.tape, *self.sources}, self.sources)
        return tuple([_tensor(arrived.get(node), x) for node, x in zip(self.sources, self.inputs, strict=True)])

    def push(self, tangents: Sequence[Tensor]) -> list[Tensor]:
        """Forward mode: the tangents of the outputs."""
        recorded = (self.outer or any(t.requires_grad for t in tangents)) and self.differentiable_outside
        given = zip(self.sources, tangents, strict=True)
        arrived = pushforward(self.tape, {node: t if recorded else t._value for node, t in given})
        return [_tensor(None if y._node is None else arrived.get(y._node), y) for y in self.outputs]


def _tensor(value: Any, stub: Tensor) -> Tensor:
    """A sweep's result as a Tensor; zeros in the shape of `stub` where nothing arrived."""
    if value is None:
        return TENSORS.zeros_like(stub)  # type: ignore[no-any-return]
    return value if isinstance(value, Tensor) else wrap(value, None)


def _positions(argnums: Argnums) -> tuple[int, ...]:
    return argnums if isinstance(argnums, tuple) else (argnums,)


def value_and_grad(f: Callable[..., Any], argnums: Argnums = 0) -> Callable[..., Any]:
    """The function that returns the value of `f` and its gradient.

    Parameters
    ----------
    f : callable
        Returns a Tensor with one element.
    argnums : int or tuple of int
        The arguments to differentiate by; for a tuple the gradient is a tuple.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x, y: x * y, argnums=(0, 1))(2.0, 3.0)
    (Tensor(6.), (Tensor(3.), Tensor(2.)))
    """

    def value_and_gradient(*args: Any) -> Any:
        run = _Recording("grad", f, args, _positions(argnums))
        y = run.outputs[0]
        if run.is_tuple or y.size != 1:
            got = "several outputs" if run.is_tuple else f"shape {y.shape}"
            raise GradientError(f"grad: the function must return one number, got {got}; see jacobian and vjp")
        gradients = run.pull([TENSORS.ones_like(y)])
        return run.returned([y]), gradients if isinstance(argnums, tuple) else gradients[0]

    return value_and_gradient


def grad(f: Callable[..., Any], argnums: Argnums = 0) -> Callable[..., Any]:
    """The gradient of `f`, as a function; it can be differentiated again.

    Parameters
    ----------
    f : callable
        Returns a Tensor with one element.
    argnums : int or tuple of int
        The arguments to differentiate by; for a tuple the gradient is a tuple.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: x**3.0)(2.0), ad.grad(ad.grad(lambda x: x**3.0))(2.0)
    (Tensor(12.), Tensor(12.))
    """
    both = value_and_grad(f, argnums)

    def gradient(*args: Any) -> Any:
        return both(*args)[1]

    return gradient


def vjp(f: Callable[..., Any], *primals: Any) -> tuple[Any, Callable[[Any], tuple[Tensor, ...]]]:
    """The value of `f`, and the function that carries a cotangent back.

    Returns
    -------
    out : Tensor or tuple of Tensor
        ``f(*primals)``.
    pullback : callable
        Takes a cotangent in the shape of `out` (a tuple of them for a tuple) and returns a tuple with the cotangent of
        each primal. Can be called again.

    Examples
    --------
    >>> import autodiff as ad
    >>> y, pullback = ad.vjp(ad.exp, ad.zeros(2))
    >>> y, pullback([1.0, 10.0])
    (Tensor([1., 1.]), (Tensor([ 1., 10.]),))
    """
    run = _Recording("vjp", f, primals, range(len(primals)))

    def pull(cotangents: Any) -> tuple[Tensor, ...]:
        given = cotangents if run.is_tuple else (cotangents,)
        if len(given) != len(run.outputs):
            raise ValueError(f"vjp: {len(run.outputs)} cotangents expected, as many as outputs, got {len(given)}")
        return run.pull([_cotangent(y, g) for y, g in zip(run.outputs, given, strict=True)])

    return run.returned(run.outputs), pull


def jvp(f: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    """The value of `f`, and its derivative in the direction of `tangents`.

    Parameters
    ----------
    f : callable
        Returns a Tensor or a tuple of Tensors.
    primals, tangents : tuple
        The arguments, and for each a direction in its shape.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.jvp(lambda x, y: x * y, (2.0, 3.0), (1.0, 0.0))
    (Tensor(6.), Tensor(3.))
    """
    if not isinstance(primals, (tuple, list)) or not isinstance(tangents, (tuple, list)):
        raise TypeError("jvp: primals and tangents are tuples, with one entry per argument of the function")
    if len(primals) != len(tangents):
        raise ValueError(f"jvp: {len(primals)} primals but {len(tangents)} tangents")
    run = _Recording("jvp", f, primals, range(len(primals)))
    pushed = run.push([_cotangent(x, t) for x, t in zip(run.inputs, tangents, strict=True)])
    return run.returned(run.outputs), tuple(pushed) if run.is_tuple else pushed[0]


def jacobian(f: Callable[..., Any], argnums: Argnums = 0) -> Callable[..., Any]:
    """The function that returns all derivatives of `f`, in the shape of the output followed by that of the argument.

    Rows by reverse mode or columns by forward mode, whichever are fewer.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.jacobian(lambda x: x * x)([1.0, 2.0])
    Tensor([[2., 0.],
            [0., 4.]])
    """

    def all_derivatives(*args: Any) -> Any:
        run = _Recording("jacobian", f, args, _positions(argnums))
        if run.is_tuple:
            raise GradientError("jacobian: the function must return one Tensor, got several")
        y = run.outputs[0]
        by_rows = y.size <= sum(x.size for x in run.inputs)
        blocks = (_rows if by_rows else _columns)(run, y)
        return tuple(blocks) if isinstance(argnums, tuple) else blocks[0]

    return all_derivatives


def _basis(like: Tensor) -> list[Tensor]:
    """The unit vectors in the shape of a tensor."""
    units = np.eye(like.size).reshape(like.size, *like.shape)
    xp = NAMESPACES[type(like._value)]
    return [wrap(xp.asarray(unit, dtype=like.dtype, device=like.device), None) for unit in units]


def _rows(run: _Recording, y: Tensor) -> list[Tensor]:
    rows = [run.pull([unit]) for unit in _basis(y)]
    return [
        TENSORS.reshape(TENSORS.stack([row[k] for row in rows]), y.shape + x.shape)
        if rows
        else zeros_beside(y, y.shape + x.shape, y.dtype)
        for k, x in enumerate(run.inputs)
    ]


def _columns(run: _Recording, y: Tensor) -> list[Tensor]:
    blocks = []
    zeros = [TENSORS.zeros_like(x) for x in run.inputs]
    for k, x in enumerate(run.inputs):
        columns = [run.push([*zeros[:k], unit, *zeros[k + 1 :]])[0] for unit in _basis(x)]
        blocks.append(
            TENSORS.reshape(TENSORS.stack(columns, axis=-1), y.shape + x.shape)
            if columns
            else zeros_beside(y, y.shape + x.shape, y.dtype)
        )
    return blocks


def hessian(f: Callable[..., Any], argnums: int = 0) -> Callable[..., Any]:
    """The function that returns all second derivatives of `f`, which returns one number.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.hessian(lambda x: ad.prod(x))([2.0, 3.0])
    Tensor([[0., 1.],
            [1., 0.]])
    """
    return jacobian(grad(f, argnums), argnums)


def hvp(f: Callable[..., Any], x: Any, v: Any) -> Tensor:
    """The Hessian of `f` at `x` times `v`, without the Hessian: forward mode over reverse mode.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.hvp(lambda x: (x**3.0).sum(), [1.0, 2.0], [1.0, 1.0])
    Tensor([ 6., 12.])
    """
    return jvp(grad(f), (x,), (v,))[1]  # type: ignore[no-any-return]
