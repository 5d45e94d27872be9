"""`in_place`: a pure rule on arrays, made into a function that changes these arrays without allocating.

An optimizer's rule is written once, as ``update(xp, g, state, p) -> (p, state)``. Recorded as part of a compiled step
it becomes part of that program; for an eager step this module records it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .backend_numpy import Emitter
from .namespace import RECORDING
from .optimise import lowered, optimised
from .program import Program, Var
from .storage import Plan, last_reads, ufunc_of
from .tracing import Recorder

State = dict[str, Any]
Rule = Callable[[Any, Any, State, Any], tuple[Any, State]]


def in_place(
    rule: Rule, gradient: Any, state: State, values: Any, fixed: tuple[Any, ...] = ()
) -> Callable[[Any], None]:
    """The function of a gradient that does to `values` and `state` what `rule` says.

    Parameters
    ----------
    rule : callable
        ``rule(xp, g, state, p)``, the new ``(p, state)``.
    gradient : array
        An example.
    state : dict of str to array
    values : array
        These two are what the function will change.
    fixed : tuple of array
        Other arrays that the rule reads, whose values may change (a learning rate).
    """
    recorder = Recorder()
    with recorder:
        g, p = recorder.input(gradient), recorder.input(values)
        before = {name: recorder.input(array) for name, array in state.items()}
        for array in fixed:
            recorder.constant(array)
        new_p, after = rule(RECORDING, g, before, p)
    bound = {p.var: values, **{before[name].var: array for name, array in state.items()}}
    results = {p.var: new_p.var, **{before[name].var: after[name].var for name in state if name in after}}
    results = {old: new for old, new in results.items() if old is not new}
    whole = Program([g.var, *bound], recorder.constants, recorder.equations, list(results.values()))
    shown = optimised(whole, recorder.literals)
    program = lowered(shown, recorder.literals)

    def final(var: Var) -> Var:
        var = shown.replaced.get(var, var)
        return program.replaced.get(var, var)

    literals = recorder.literals | (program.constants.keys() - recorder.constants.keys())
    results = {old: final(new) for old, new in results.items()}
    return _function(program, g.var, {**bound, **program.constants}, literals, results)


def _function(
    program: Program, g: Var, bound: dict[Var, Any], literals: set[Var], results: dict[Var, Var]
) -> Callable[[Any], None]:
    last = last_reads(program)
    made = {out: k for k, equation in enumerate(program.equations) for out in equation.outs}
    homes = {}
    for old, new in results.items():
        alike = (new.shape, new.dtype, new.strides) == (old.shape, old.dtype, old.strides)
        if not alike or old.size == 1 or new not in made or last.get(old, -1) > made[new]:
            continue
        if ufunc_of(program.equations[made[new]]) is not None:
            homes[new] = bound[old]
    emitter = Emitter(program, bound, literals, Plan(program, homes, set()))
    emitter.local[g] = "g"
    emitter.emit()
    for old, new in results.items():
        if new not in homes:
            target = emitter.refer(bound[old].reshape(bound[old].shape), "a")
            emitter.lines.append(f"{target}[...] = {emitter.numbers.get(new) or emitter.array(new)}")
    lines = ["def make(" + ", ".join(emitter.objects) + "):", "    def kernel(g):"]
    lines += [f"        {line}" for line in emitter.lines or ["pass"]]
    namespace: dict[str, Any] = {}
    exec(compile("\n".join([*lines, "    return kernel", ""]), "<autodiff kernel>", "exec"), {}, namespace)
    return namespace["make"](**emitter.objects)  # type: ignore[no-any-return]
