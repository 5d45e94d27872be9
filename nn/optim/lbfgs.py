"""L-BFGS: Newton's method with what the last steps tell of the Hessian."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from autodiff import Tensor, compiler, enable_grad
from autodiff._namespaces import Array

from .blocks import State
from .groups import Check, Option, ParamGroup, count, rate
from .line_search import Point, strong_wolfe
from .optimizer import Optimizer, Params


def _search(name: str, value: Any) -> str | None:
    if value not in (None, "strong_wolfe"):
        raise ValueError(f"{name}: None or 'strong_wolfe' expected, got {value!r}")
    return value  # type: ignore[no-any-return]


class LBFGS(Optimizer):
    """Newton's method, with an inverse Hessian of which the last steps and gradients tell.

    A step takes the function that computes the loss and the gradients, which it calls several times. Within
    `autodiff.compile` it is an error, since it decides by values; compile that function instead.

    Parameters
    ----------
    params : iterable of Tensor
        In a single group. A parameter without a gradient has one of zeros.
    lr : float
        How far a step goes, in units of Newton's step; with a line search where that begins.
    max_iter : int
        Iterations in one call of `step`.
    max_eval : int, optional
        Calls of the function; by default ``max_iter * 5 // 4``.
    tolerance_grad : float
        Ends where no entry of the gradient is larger.
    tolerance_change : float
        Ends where neither the parameters nor the loss change by more.
    history_size : int
        How many steps are kept.
    line_search_fn : {None, "strong_wolfe"}

    References
    ----------
    Nocedal and Wright, "Numerical Optimization", 2006, algorithms 7.4 and 7.5.

    Examples
    --------
    >>> import autodiff as ad
    >>> from nn import optim
    >>> w = ad.Tensor([1.0, 2.0], requires_grad=True)
    >>> optimizer = optim.LBFGS([w], line_search_fn="strong_wolfe")
    >>> def closure():
    ...     optimizer.zero_grad()
    ...     loss = ((w - ad.Tensor([3.0, -1.0])) ** 2).sum()
    ...     loss.backward()
    ...     return loss
    >>> optimizer.step(closure).item(), w.data.round(6).tolist()
    (13.0, [3.0, -1.0])
    """

    checks: ClassVar[dict[str, Check]] = {
        "max_iter": count,
        "max_eval": count,
        "tolerance_grad": rate,
        "tolerance_change": rate,
        "history_size": count,
        "line_search_fn": _search,
    }
    max_iter, max_eval, tolerance_grad, tolerance_change = Option(), Option(), Option(), Option()
    history_size, line_search_fn = Option(), Option()

    def __init__(
        self,
        params: Params,
        lr: float = 1.0,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ) -> None:
        super().__init__(
            params,
            lr,
            max_iter=max_iter,
            max_eval=max(1, max_iter * 5 // 4) if max_eval is None else max_eval,
            tolerance_grad=tolerance_grad,
            tolerance_change=tolerance_change,
            history_size=history_size,
            line_search_fn=line_search_fn,
        )
        self._state: State = {}

    unwatched: ClassVar[tuple[str, ...]] = (*Optimizer.unwatched, "_state")

    def check(self, _group: ParamGroup) -> None:
        """One group only: the steps of all parameters hang together."""
        if self.params:
            raise ValueError("LBFGS: one group of parameters only")

    # The rule --------------------------------------------------------------------------------------------------------

    def init(self, _p: Array, _group: ParamGroup) -> State:
        """No steps to remember."""
        return {"n_iter": 0, "func_evals": 0, "old_dirs": [], "old_stps": [], "ro": [], "H_diag": 1.0}

    def update(self, _xp: Any, g: Array, state: State, p: Array, group: ParamGroup) -> tuple[Array, State]:
        """A step of the fixed length `lr`; the first one is no longer than 1 in all."""
        lr = group["lr"]
        if state["n_iter"] == 0:
            d, t = -g, min(1.0, 1.0 / float(np.sum(np.abs(g)))) * lr
        else:
            state = _remembered(g, state, group["history_size"])
            d, t = _direction(g, state), lr
        state = {**state, "n_iter": state["n_iter"] + 1, "d": d, "t": t, "prev_flat_grad": g}
        return p + d * d.dtype.type(t), state

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Up to `max_iter` iterations.

        Parameters
        ----------
        closure : callable
            Computes the loss, with the gradients forgotten before and computed after; returns the loss.

        Returns
        -------
        Tensor
            The loss before the step.
        """
        if compiler.recording() is not None:
            raise compiler.RecordingError(
                "LBFGS decides by values how far it goes, which can't be recorded: call step outside of the compiled "
                "function, and compile the closure that it is given"
            )
        if closure is None:
            raise TypeError("LBFGS.step: takes a function that computes the loss and the gradients anew")
        group = self.param_groups[0]
        x = self._values()
        first, loss, g = self._evaluated(closure)
        state = self._state or self.init(x, group)
        evaluations = 1
        for k in range(1, group["max_iter"] + 1):
            if np.max(np.abs(g), initial=0.0) <= group["tolerance_grad"]:
                break
            before = loss
            new, state = self.update(np, g, state, x, group)
            d = state["d"]
            slope = float(g @ d)
            if slope > -group["tolerance_change"]:
                break
            if group["line_search_fn"] is not None:
                point, tried = self._searched(closure, x, Point(0.0, loss, g, slope), state, evaluations)
                new, loss, g = x + d * d.dtype.type(point.t), point.loss, point.gradient
                state = {**state, "t": point.t}
                evaluations += tried
            x = new
            self._set_values(x)
            if group["line_search_fn"] is None and k < group["max_iter"]:
                _, loss, g = self._evaluated(closure)
                evaluations += 1
            if evaluations >= group["max_eval"]:
                break
            change = abs(state["t"]) * np.max(np.abs(d))
            if change <= group["tolerance_change"] or abs(loss - before) < group["tolerance_change"]:
                break
        self._state = {**state, "func_evals": state["func_evals"] + evaluations}
        return first

    def _searched(
        self, closure: Callable[[], Any], x: Array, start: Point, state: State, evaluations: int
    ) -> tuple[Point, int]:
        """The line search's point along the direction, and how many were tried."""
        group, d = self.param_groups[0], state["d"]

        def evaluate(t: float) -> Point:
            self._set_values(x + d * d.dtype.type(t))
            _, loss, gradient = self._evaluated(closure)
            return Point(t, loss, gradient, float(gradient @ d))

        longest = float(np.max(np.abs(d)))
        return strong_wolfe(
            evaluate, start, state["t"], longest, group["tolerance_change"], group["max_eval"] - evaluations
        )

    # Parameters as one vector ----------------------------------------------------------------------------------------

    def _values(self) -> Array:
        return np.concatenate([np.ravel(p.data) for p in self.params])

    def _set_values(self, x: Array) -> None:
        ends = np.cumsum([p.size for p in self.params])
        for p, part in zip(self.params, np.split(x, ends[:-1]), strict=True):
            if p.requires_grad:
                p.data = part.reshape(p.shape).astype(p.dtype)

    def _evaluated(self, closure: Callable[[], Any]) -> tuple[Any, float, Array]:
        """What the function returns, that as a number, and the gradient as one vector."""
        with enable_grad():
            result = closure()
        loss = result.item() if isinstance(result, Tensor) else float(result)
        gradients = [
            np.zeros(p.size, p.dtype) if p.grad is None else np.ravel(p.grad.detach().numpy()) for p in self.params
        ]
        return result, float(loss), np.concatenate(gradients)

    # State dicts -----------------------------------------------------------------------------------------------------

    def _states(self) -> dict[Tensor, State]:
        return {self.params[0]: copy.deepcopy(self._state)} if self._state else {}

    def _load_states(self, states: dict[Tensor, State | None], _groups: list[ParamGroup]) -> None:
        self._state = copy.deepcopy(states[self.params[0]] or {})


def _remembered(g: Array, state: State, size: int) -> State:
    """The state with the last step and the gradient's change along it, unless the curvature isn't positive."""
    y = g - state["prev_flat_grad"]
    s = state["d"] * g.dtype.type(state["t"])
    curvature = float(y @ s)
    if curvature <= 1e-10:
        return state
    return {
        **state,
        "old_dirs": [*state["old_dirs"], y][-size:],
        "old_stps": [*state["old_stps"], s][-size:],
        "ro": [*state["ro"], 1.0 / curvature][-size:],
        "H_diag": curvature / float(y @ y),
    }


def _direction(g: Array, state: State) -> Array:
    """Minus the inverse Hessian times the gradient, by two loops over the remembered steps."""
    number = g.dtype.type
    pairs = list(zip(state["old_dirs"], state["old_stps"], state["ro"], strict=True))
    d = -g
    weights = []
    for y, s, ro in reversed(pairs):
        weights.append(number(float(s @ d) * ro))
        d = d - weights[-1] * y
    d = d * number(state["H_diag"])
    for (y, s, ro), weight in zip(pairs, reversed(weights), strict=True):
        d = d + s * (weight - number(float(y @ d) * ro))
    return d
