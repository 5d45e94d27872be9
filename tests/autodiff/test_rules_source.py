"""The contract of rules, held against their source: what they may use, and what their names promise."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autodiff import REGISTRY
from autodiff.op import Operation

Function = ast.FunctionDef | ast.Lambda

METADATA = {"shape", "ndim", "dtype"}
MODULES = {"xp", "op", "math", "np"}
"""What may stand before a dot. NumPy is for shapes and positions; it fails on strict arrays."""
EXTENSIONS = {"xp.fft", "xp.linalg"}
"""The standard's extensions, likewise."""
OF_OTHERS = {"index", "join"}
"""Methods of tuples and of text."""


def rules_of(operation: Operation) -> list[Callable[..., Any]]:
    """The rules that a declaration gave."""
    return [rule for rule in (*(operation.vjps or ()), operation.jvp) if rule is not None]


RULES = {f"{operation.name}-{k}": rule for operation in REGISTRY.values() for k, rule in enumerate(rules_of(operation))}


def functions_in(tree: ast.AST) -> Iterator[Function]:
    """All functions and lambdas of a source."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda))


def source_of(rule: Callable[..., Any]) -> list[Function]:
    """The rule in its file; several, if lambdas with the same arguments stand on its line."""
    code = rule.__code__
    tree = ast.parse(Path(inspect.getfile(rule)).read_text(encoding="utf-8"))
    names = list(code.co_varnames[: code.co_argcount])
    return [f for f in functions_in(tree) if f.lineno == code.co_firstlineno and names == [a.arg for a in f.args.args]]


def parents_of(function: Function) -> dict[ast.AST, ast.AST]:
    """Each part of a function, and what it is part of."""
    return {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}


def array_arguments(function: Function) -> list[str]:
    """The positional arguments after `xp`, unless they are annotated as something else than arrays."""
    positional = [*function.args.posonlyargs, *function.args.args][1:]
    arguments = positional + ([function.args.vararg] if function.args.vararg else [])
    return [a.arg for a in arguments if a.annotation is None or "Array" in ast.unparse(a.annotation)]


def body_of(function: Function) -> Iterator[ast.AST]:
    """All nodes of a function but those of its signature and decorators."""
    statements = function.body if isinstance(function.body, list) else [function.body]
    return (node for statement in statements for node in ast.walk(statement))


def aliases(function: Function, name: str) -> set[str]:
    """The names by which a list of arrays is read: its own, and those of loops over it or a part of it."""
    loops = [n for n in ast.walk(function) if isinstance(n, ast.For | ast.comprehension)]
    over = [n for n in loops if isinstance(base := n.iter, ast.Name | ast.Subscript) and root(base) == name]
    return {name} | {n.target.id for n in over if isinstance(n.target, ast.Name)}


def root(node: ast.AST) -> str | None:
    """The name from which an expression like ``xs[1:]`` takes its value."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def value_reads(function: Function, name: str) -> list[ast.Name]:
    """Where an argument is used for more than its shape, ndim or dtype."""
    parents = parents_of(function)
    named = aliases(function, name)
    reads = []
    for node in ast.walk(function):
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in named):
            continue
        above = parents[node]
        while isinstance(above, ast.Subscript) and root(above) in named:
            above = parents[above]
        if isinstance(above, ast.Call) and handed_on(above, node):
            continue
        iterated = isinstance(above, ast.For | ast.comprehension) and root(above.iter) == node.id
        if not iterated and not (isinstance(above, ast.Attribute) and above.attr in METADATA):
            reads.append(node)
    return reads


def handed_on(call: ast.Call, argument: ast.Name) -> bool:
    """Whether an argument is passed to another rule that doesn't read it, either."""
    rule = {rule.__name__: rule for rule in RULES.values()}.get(root(call.func) or "")
    if rule is None or argument not in call.args:
        return False
    return list(inspect.signature(rule).parameters)[call.args.index(argument)].startswith("_")


def misuses(function: Function) -> list[str]:
    """What a function of `xp` does that the standard or the engine doesn't allow."""
    found = []
    for node in body_of(function):
        if isinstance(node, ast.Attribute):
            of_extension = ast.unparse(node.value) in EXTENSIONS
            if not of_extension and root(node.value) not in MODULES and node.attr not in METADATA | OF_OTHERS:
                found.append(f"attribute .{node.attr}")
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow | ast.MatMult):
            found.append(f"operator {type(node.op).__name__}")
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            found += [f"branches on the value of {name}" for name in decided_by(function, node.test)]
        found += [f"writes to {name}" for name in written(function, node)]
    return found


def written(function: Function, node: ast.AST) -> list[str]:
    """The arrays that a statement writes into."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
    in_place = array_arguments(function) if isinstance(node, ast.AugAssign) else []
    return [ast.unparse(t) for t in targets if isinstance(t, ast.Subscript) or root(t) in in_place]


def decided_by(function: Function, test: ast.expr) -> list[str]:
    """The arguments on whose values a condition depends; whether one is None may be asked."""
    parents = parents_of(function)
    return [
        name
        for name in array_arguments(function)
        for read in value_reads(function, name)
        if read in ast.walk(test)
        and not (isinstance(above := parents[read], ast.Compare) and isinstance(above.ops[0], ast.Is | ast.IsNot))
    ]


def broken_promises(function: Function) -> list[str]:
    """Arguments whose names say something else about their use than the body."""
    found = []
    for name in array_arguments(function)[1:]:
        read = bool(value_reads(function, name))
        if read and name.startswith("_"):
            found.append(f"{name} is read for its value")
        if not read and not name.startswith("_"):
            found.append(f"{name} is not read for its value")
    return found


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_keeps_the_contract(rule: Callable[..., Any]) -> None:
    """An underscore, and nothing else, says that an argument's value is not read; no methods, no branches."""
    functions = source_of(rule)
    assert functions, "the rule's source was not found, so nothing was checked"
    for function in functions:
        assert broken_promises(function) == []
        assert misuses(function) == []


SOURCES = sorted({Path(inspect.getfile(o.forward)) for o in REGISTRY.values()})


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_everything_that_takes_a_namespace_keeps_to_it(path: Path) -> None:
    """Operations, and what their rules call, use the namespace they are given and no methods."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [f for f in functions_in(tree) if f.args.args or f.args.posonlyargs]
    given = [f for f in functions if (*f.args.posonlyargs, *f.args.args)[0].arg == "xp"]
    assert given
    assert {ast.unparse(f).partition("\n")[0]: bad for f in given if (bad := misuses(f))} == {}


def parsed(source: str) -> Function:
    """The function or lambda that a source defines."""
    return next(functions_in(ast.parse(source)))


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("lambda xp, g, _y, x: g * 2.0", "x is not read"),
        ("lambda xp, g, y, _x: g", "y is not read"),
        ("lambda xp, g, _y, _x: g * _x", "_x is read"),
        ("lambda xp, g, _y, x: xp.reshape(g, x.shape)", "x is not read"),
        ("lambda xp, g, _y, *_arrays, position: g * _arrays[position]", "_arrays is read"),
        ("lambda xp, g, _y, *_arrays: [a * g for a in _arrays]", "_arrays is read"),
        ("lambda xp, g, _y, _x: _prod_rule(xp, g, _y, _x)", "_x is read"),
        ("lambda xp, g, _y, *arrays, position: xp.reshape(g, arrays[position].shape)", "arrays is not read"),
    ],
)
def test_checker_sees_broken_promise(source: str, complaint: str) -> None:
    """The check itself fails on a name that promises the wrong thing."""
    assert any(found.startswith(complaint) for found in broken_promises(parsed(source)))


@pytest.mark.parametrize(
    "source",
    [
        "lambda xp, g, _y, x: g.sum() * x",
        "lambda xp, g, _y, x: xp.matmul(g, x.T)",
        "lambda xp, g, _y, x: g * x**2",
        "lambda xp, g, _y, x: g @ x",
        "lambda xp, g, _y, x: xp.reshape(x, (-1,)).max()",
        "lambda xp, g, _y, x: g if x > 0 else -g",
        "def f(xp, g, _y, x):\n    g *= x\n    return g",
        "def f(xp, g, _y, x):\n    g[0] = x\n    return g",
        "def f(xp, g, _y, x):\n    g[0] += x\n    return g",
        "def f(xp, g, _y, x):\n    if xp.any(x):\n        return g\n    return x",
    ],
)
def test_checker_sees_misuse(source: str) -> None:
    """The check itself fails on methods, on operators that the standard lacks, on writes, and on branches."""
    assert misuses(parsed(source))


@pytest.mark.parametrize(
    "source",
    [
        "lambda xp, g, _y, x: g * xp.cos(x)",
        "lambda xp, g, _y, _x, **_: xp.reshape(g, _x.shape)",
        "lambda xp, g, _y, *_arrays, position: xp.reshape(g, _arrays[position].shape)",
        "lambda xp, g, _y, *_arrays: [g + a.ndim for a in _arrays[1:]]",
        "lambda xp, g, _y, x, low: g * x if low is None else g * low",
        "def f(xp, g, _y, x, *, axis):\n    axis %= x.ndim\n    return xp.sum(g * x, axis=axis)",
    ],
)
def test_checker_passes_right_rule(source: str) -> None:
    """The check has nothing against a rule that keeps the contract."""
    assert broken_promises(parsed(source)) + misuses(parsed(source)) == []
