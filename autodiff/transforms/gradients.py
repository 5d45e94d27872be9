"""`grad`, `value_and_grad`, `vjp` and `jvp`: one sweep each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, overload

from .._namespaces import NAMESPACES
from ..graph import GradientError
from ..tensor import wrap
from .pytree import is_leaf, rebuilt
from .recording import Argnums, Recording, all_fitting, for_argnums, positions_of


def value_and_grad(f: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False) -> Callable[..., Any]:
    """The function that returns the value of `f` and its gradient.

    Parameters
    ----------
    f : callable
        Returns a Tensor with one element.
    argnums : int or tuple of int
        The arguments to differentiate by; for a tuple the gradient is a tuple. Such an argument is a float array or a
        pytree of them (see `autodiff.transforms`), and its gradient has the same structure. The others, and keyword
        arguments, may be anything.
    has_aux : bool
        `f` returns a pair, the number and something else that is handed on as it is: the value is the pair.

    Raises
    ------
    TypeError
        An argument to differentiate by holds integers, booleans or text. Pass constants as other arguments.
    GradientError
        `f` returns something else than one number.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.value_and_grad(lambda x, y: x * y, argnums=(0, 1))(2.0, 3.0)
    (Tensor(6.), (Tensor(3.), Tensor(2.)))
    >>> ad.value_and_grad(lambda p: p["w"] * 3.0 + p["b"])({"w": 2.0, "b": 1.0})
    (Tensor(7.), {'w': Tensor(3.), 'b': Tensor(1.)})
    """
    positions = positions_of(argnums)

    def value_and_gradient(*args: Any, **kwargs: Any) -> Any:
        run = Recording("grad", f, args, positions, kwargs, has_aux)
        if not is_leaf(run.result) or run.outputs[0].size != 1:
            got = f"shape {run.outputs[0].shape}" if is_leaf(run.result) else "several outputs"
            hint = "" if has_aux or is_leaf(run.result) else ", or has_aux=True for a number and something else"
            raise GradientError(f"grad: the function must return one number, got {got}; see jacobian and vjp{hint}")
        y = run.outputs[0]._value
        # Made of the shape alone: a compiled program then computes the value only where somebody wants it.
        seed = wrap(NAMESPACES[type(y)].ones(y.shape, dtype=y.dtype, device=y.device), None)
        gradient = run.like_arguments(run.pull([seed]))
        returned = (run.returned(), run.returned_aux()) if has_aux else run.returned()
        return returned, for_argnums(argnums, gradient)

    return value_and_gradient


def grad(f: Callable[..., Any], argnums: Argnums = 0, *, has_aux: bool = False) -> Callable[..., Any]:
    """The gradient of `f`, as a function; it can be differentiated again.

    Parameters
    ----------
    f : callable
        Returns a Tensor with one element.
    argnums : int or tuple of int
        The arguments to differentiate by; for a tuple the gradient is a tuple. Such an argument may be a pytree, and
        its gradient has the same structure; see `value_and_grad`.
    has_aux : bool
        `f` returns a pair, the number and something else: so does the gradient.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.grad(lambda x: x**3.0)(2.0), ad.grad(ad.grad(lambda x: x**3.0))(2.0)
    (Tensor(12.), Tensor(12.))
    >>> ad.grad(lambda p: ad.sum(p["w"] * p["x"][0]))({"w": [1.0, 2.0], "x": (3.0, None)})
    {'w': Tensor([3., 3.]), 'x': (Tensor(3.), None)}
    """
    both = value_and_grad(f, argnums, has_aux=has_aux)

    def gradient(*args: Any, **kwargs: Any) -> Any:
        value, derivative = both(*args, **kwargs)
        return (derivative, value[1]) if has_aux else derivative

    return gradient


@overload
def vjp(
    f: Callable[..., Any], *primals: Any, has_aux: Literal[False] = False
) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]: ...


@overload
def vjp(
    f: Callable[..., Any], *primals: Any, has_aux: Literal[True]
) -> tuple[Any, Callable[[Any], tuple[Any, ...]], Any]: ...


def vjp(f: Callable[..., Any], *primals: Any, has_aux: bool = False) -> Any:
    """The value of `f`, and the function that carries a cotangent back.

    Parameters
    ----------
    f : callable
        Returns a Tensor or a pytree of them.
    *primals
        Its arguments: float arrays, or pytrees of them.
    has_aux : bool
        `f` returns a pair, the output and something else that is handed on as it is.

    Returns
    -------
    out : Tensor or pytree of them
        ``f(*primals)``.
    pullback : callable
        Takes a cotangent in the structure and the shapes of `out`, and returns a tuple with the cotangent of each
        primal, in its structure. Can be called again.
    aux
        With `has_aux` only.

    Examples
    --------
    >>> import autodiff as ad
    >>> y, pullback = ad.vjp(ad.exp, ad.zeros(2))
    >>> y, pullback([1.0, 10.0])
    (Tensor([1., 1.]), (Tensor([ 1., 10.]),))
    >>> y, pullback = ad.vjp(lambda x: {"double": 2.0 * x, "square": x * x}, 3.0)
    >>> pullback({"double": 1.0, "square": 10.0})
    (Tensor(62.),)
    """
    run = Recording("vjp", f, primals, range(len(primals)), has_aux=has_aux)
    what = "cotangent" if is_leaf(run.result) else "cotangents"

    def pull(cotangents: Any) -> tuple[Any, ...]:
        given = all_fitting(run.outputs, run.result, cotangents, what)
        return tuple(run.like_arguments(run.pull(given)))

    out = run.returned()
    return (out, pull, run.returned_aux()) if has_aux else (out, pull)


def jvp(f: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    """The value of `f`, and its derivative in the direction of `tangents`.

    Parameters
    ----------
    f : callable
        Returns a Tensor or a pytree of them.
    primals, tangents : tuple
        The arguments, and for each a direction in its structure and shapes.

    Returns
    -------
    out, tangent : Tensor or pytree of them
        ``f(*primals)``, and what it changes by.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.jvp(lambda x, y: x * y, (2.0, 3.0), (1.0, 0.0))
    (Tensor(6.), Tensor(3.))
    >>> ad.jvp(lambda p: [p["w"] * p["b"], p["b"]], ({"w": 2.0, "b": 3.0},), ({"w": 1.0, "b": 0.0},))
    ([Tensor(6.), Tensor(3.)], [Tensor(3.), Tensor(0.)])
    """
    if not isinstance(primals, (tuple, list)) or not isinstance(tangents, (tuple, list)):
        raise TypeError("jvp: primals and tangents are tuples, with one entry per argument of the function")
    if len(primals) != len(tangents):
        raise ValueError(f"jvp: {len(primals)} primals but {len(tangents)} tangents")
    run = Recording("jvp", f, primals, range(len(primals)))
    # As tuples: a list of numbers is a leaf among the arguments, but here it is the list of them.
    pushed = run.push(all_fitting(run.inputs, tuple(primals), tangents, "tangents", numbers=True))
    return run.returned(), rebuilt(run.result, iter(pushed))
