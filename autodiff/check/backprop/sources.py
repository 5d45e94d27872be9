"""The user's own code: which functions ran, where they stand, and how to run them with lines changed.

A `Unit` is a function of theirs with its syntax tree. An edit changes the tree, `compiled` makes a code object of it,
and `installed` lets the live functions run that code until the block ends.
"""

from __future__ import annotations
import __future__

import ast
import gc
import linecache
import sys
import sysconfig
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda

_PACKAGES = Path(__file__).resolve().parents[3]
_NOT_THEIRS = tuple(
    str(path)
    for path in (
        _PACKAGES / "autodiff",
        _PACKAGES / "nn",
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    )
)
_FUTURE = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)


def is_theirs(filename: str) -> bool:
    """Whether a file is the user's: no installed library, none of ours, and its text can be read."""
    return not filename.startswith(_NOT_THEIRS) and bool(linecache.getlines(filename))


@dataclass(eq=False)
class Unit:
    """A function of the user's, with the functions inside it.

    Attributes
    ----------
    filename : str
    node : syntax tree of the definition
        Positions in it are those of the file.
    parent : str or None
        The name of the class around it.
    code : code object
        As it was.
    functions : list
        The live functions that run it.
    """

    filename: str
    node: Definition
    parent: str | None
    code: types.CodeType
    functions: list[types.FunctionType] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The function's name."""
        return self.code.co_name

    def compiled(self, instead: Any = None) -> types.CodeType:
        """The code of the tree as it now is, or of another one.

        `ValueError` where that needs other variables of the functions around.
        """
        node: Any = instead or self.node
        body: Any = node
        if isinstance(node, ast.Lambda):
            body = ast.copy_location(ast.Expr(node), node)
        else:
            decorators, node.decorator_list = node.decorator_list, []
        if self.parent is not None:
            body = ast.ClassDef(self.parent, [], [], [body], [], lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
            body.type_params = []
        if self.code.co_freevars:
            arguments = [ast.arg(name, lineno=1, col_offset=0) for name in self.code.co_freevars]
            around = ast.arguments([], arguments, None, [], [], None, [])
            body = ast.FunctionDef("around", around, [body], [], lineno=1, col_offset=0)
            body.type_params = []
        try:
            flags = self.code.co_flags & _FUTURE
            whole = compile(ast.Module([body], []), self.filename, "exec", flags=flags, dont_inherit=True)
        finally:
            if not isinstance(node, ast.Lambda):
                node.decorator_list = decorators
        code = next(c for c in _codes(whole) if c.co_name == self.name and c.co_firstlineno == _first_line(node))
        if code.co_freevars != self.code.co_freevars:
            raise ValueError("other free variables")
        return code


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """All code objects inside one, outermost first."""
    inner = [c for c in code.co_consts if isinstance(c, types.CodeType)]
    yield from inner
    for c in inner:
        yield from _codes(c)


def _first_line(node: Definition) -> int:
    return node.lineno


@contextmanager
def installed(codes: Mapping[Unit, types.CodeType]) -> Iterator[None]:
    """Let the live functions of these units run other code inside the block."""
    try:
        for unit, code in codes.items():
            for function in unit.functions:
                function.__code__ = code
        yield
    finally:
        for unit in codes:
            for function in unit.functions:
                function.__code__ = unit.code


def executed(call: Callable[[], Any]) -> tuple[Any, list[types.CodeType]]:
    """The result of a call, and the code objects of the user's functions that ran in it, in the order of first use."""
    seen: dict[types.CodeType, bool] = {}

    def watch(frame: types.FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code not in seen:
            seen[frame.f_code] = is_theirs(frame.f_code.co_filename)

    before: Any = sys.getprofile()
    sys.setprofile(watch)
    try:
        result = call()
    finally:
        if before is None or callable(before):
            sys.setprofile(before)
        else:  # cProfile's own object, which `setprofile` doesn't take back
            before.enable()
    return result, [code for code, theirs in seen.items() if theirs]


def units_of(codes: Sequence[types.CodeType]) -> list[Unit]:
    """The functions that ran; one that is defined inside another which ran is part of that."""
    definitions = {filename: _definitions(filename) for filename in {code.co_filename for code in codes}}
    found: dict[types.CodeType, tuple[Definition, list[ast.AST]]] = {}
    for code in codes:
        fitting = [
            (node, parents)
            for node, parents in definitions[code.co_filename]
            if _name(node) == code.co_name and code.co_firstlineno in _possible_lines(node)
        ]
        if len(fitting) == 1:  # two lambdas in one line can't be told apart
            found[code] = fitting[0]
    nodes = {id(node) for node, _ in found.values()}
    units = {}
    for code, (node, parents) in found.items():
        if not any(id(parent) in nodes for parent in parents):
            around = parents[-1] if parents else None
            name = around.name if isinstance(around, ast.ClassDef) else None
            units[code] = Unit(code.co_filename, node, name, code)
    for function in gc.get_referrers(*units) if units else ():
        if isinstance(function, types.FunctionType) and function.__code__ in units:
            units[function.__code__].functions.append(function)
    return [unit for unit in units.values() if unit.functions and _compiles(unit)]


def _compiles(unit: Unit) -> bool:
    try:
        unit.compiled()
    except (ValueError, SyntaxError, StopIteration):
        return False
    return True


def _name(node: Definition) -> str:
    return "<lambda>" if isinstance(node, ast.Lambda) else node.name


def _possible_lines(node: Definition) -> list[int]:
    """Where a function begins: at its first decorator, or at `def`."""
    decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
    return [node.lineno, *(d.lineno for d in decorators)]


def _definitions(filename: str) -> list[tuple[Definition, list[ast.AST]]]:
    """Every function in a file, with the classes and functions around it, outermost first."""
    try:
        tree = ast.parse("".join(linecache.getlines(filename)))
    except SyntaxError:
        return []
    found: list[tuple[Definition, list[ast.AST]]] = []

    def visit(node: ast.AST, around: list[ast.AST]) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Definition):
                found.append((child, around))
                visit(child, [*around, child])
            elif isinstance(child, ast.ClassDef):
                visit(child, [*around, child])
            else:
                visit(child, around)

    visit(tree, [])
    return found


def code_line(filename: str, lineno: int) -> str:
    """The text of a line, without its indentation."""
    return linecache.getline(filename, lineno).strip()
