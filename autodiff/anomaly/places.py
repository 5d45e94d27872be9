"""The user's line behind an operation: the first frame outside autodiff and nn."""

from __future__ import annotations

import ast
import itertools
import linecache
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import NamedTuple

_ROOT = Path(__file__).parent.parent
_INSIDE = (str(_ROOT) + "/", str(_ROOT.parent / "nn") + "/", "<autodiff operation")
_BETWEEN = ("<", str(_ROOT / "protocols.py"), f"{_ROOT}/op/", f"{_ROOT}/anomaly/")
"""What stands between the user's own call of an operation and the operation."""
_USERS, _ENGINES, _OURS = range(3)
_owners: dict[str, int] = {}
"""File -> whose it is. By name: a code object takes long to hash."""
RawPlace = tuple[CodeType, int, bool]
"""The fields of a `Place`: what is kept of every operation, since a named tuple takes 0.3 us."""


class Place(NamedTuple):
    """An instruction of the user's.

    Attributes
    ----------
    code, instruction
        Where it is.
    direct : bool
        Whether it calls the operation itself, not a function of nn or a composite that does.
    """

    code: CodeType
    instruction: int
    direct: bool

    @property
    def filename(self) -> str:
        """The file."""
        return self.code.co_filename

    @property
    def lineno(self) -> int:
        """The line at which the expression begins."""
        return self._span()[0]

    @property
    def source(self) -> str:
        """The text of that line."""
        return linecache.getline(self.filename, self.lineno).strip()

    def __str__(self) -> str:
        return f"{self.filename}:{self.lineno}"

    def operands(self, count: int) -> list[str]:
        """The text of each operand; empty where the source doesn't show it."""
        texts = _operands(self._expression(), self._is_module)[:count] if self.direct else []
        return texts if len(texts) == count else [""] * count

    def _is_module(self, name: str) -> bool:
        """Whether a name stands for a module in the user's file."""
        mine = [m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == self.filename]
        known = [vars(m)[name] for m in (*mine, sys.modules["__main__"]) if name in vars(m)]
        return any(isinstance(value, ModuleType) for value in known) or name in ("ad", "autodiff", "np", "numpy")

    def _span(self) -> tuple[int, int, int, int]:
        """First line, last line, first column, last column (in bytes)."""
        position = next(itertools.islice(self.code.co_positions(), self.instruction // 2, None), (None,) * 4)
        first, last, start, end = position
        return first or self.code.co_firstlineno, last or first or 0, start or 0, end or 0

    def _expression(self) -> str:
        first, last, start, end = self._span()
        lines = [linecache.getline(self.filename, n).encode() for n in range(first, last + 1)]
        if not lines or not end:
            return ""
        lines[-1] = lines[-1][:end]
        lines[0] = lines[0][start:]
        return b"".join(lines).decode(errors="replace")


def _operands(expression: str, is_module: Callable[[str], bool]) -> list[str]:
    """The operands of an operator or a call, as they are written; the metadata come after them."""
    try:
        body = ast.parse(f"({expression})", mode="eval").body
    except SyntaxError:
        try:
            statement = ast.parse(expression).body[0]
        except (SyntaxError, IndexError):
            return []
        return (
            [ast.unparse(statement.target), ast.unparse(statement.value)]
            if isinstance(statement, ast.AugAssign)
            else []
        )
    match body:
        case ast.BinOp(left=left, right=right):
            found: list[ast.expr] = [left, right]
        case ast.UnaryOp(operand=operand):
            found = [operand]
        case ast.Subscript(value=value, slice=index):
            found = [value, index]
        case ast.Call(func=ast.Attribute(value=receiver), args=args):
            root = ast.unparse(receiver).split(".")[0]
            found = args if is_module(root) else [receiver, *args]
        case ast.Call(args=args):
            found = args
        case _:
            found = []
    return [ast.unparse(e) for e in found]


def _owner(filename: str) -> int:
    owner = _USERS if not filename.startswith(_INSIDE) else _ENGINES if filename.startswith(_BETWEEN) else _OURS
    _owners[filename] = owner
    return owner


def user_of(frame: FrameType | None) -> RawPlace | None:
    """The place of the user's from which `frame` was called in the end."""
    direct = True
    while frame is not None:
        filename = frame.f_code.co_filename
        owner = _owners.get(filename)
        if owner is None:
            owner = _owner(filename)
        if owner == _USERS:
            return frame.f_code, frame.f_lasti, direct
        if owner == _OURS:
            direct = False
        frame = frame.f_back
    return None
