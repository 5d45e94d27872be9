"""Lines of theirs that may be wrong: their values reach wrong gradients only."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from .edits import Edit
from .sites import Site
from .sources import Unit, code_line


@dataclass(eq=False)
class Suspect:
    """A line of theirs whose values reach wrong gradients only.

    Attributes
    ----------
    root : Site
        The line's value; one of them where it writes out a tuple or a dictionary.
    alone : bool
        Whether it is the statement's only one.
    sites : list of Site
        Those that reach wrong gradients: the root, arguments of calls in it.
    effect : frozenset of str
        The gradients that they reach.
    """

    root: Site
    alone: bool
    sites: list[Site] = field(default_factory=list)
    effect: frozenset[str] = frozenset()
    order: int = 0
    edits: list[Edit] = field(default_factory=list)
    later: list[Edit] = field(default_factory=list)
    looks: list[tuple[str, float]] = field(default_factory=list)
    scale_before: float = 1.0
    right_before: Suspect | None = None
    prepared: int = 0
    looked: bool = False

    @property
    def statement(self) -> Any:
        """The statement."""
        return self.root.statement

    @property
    def unit(self) -> Unit:
        """The function."""
        return self.root.unit

    @property
    def looks_right(self) -> bool:
        """Whether its value is one that the forward pass has, a true gradient, or a buffer of zeros."""
        return bool(self.looks) and all(kind in ("value", "gradient", "buffer") for kind, _ in self.looks)

    @property
    def hands_on(self) -> bool:
        """Whether it only hands a value on."""
        slot = self.root.slot
        node = None if slot is None else slot.get()
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if isinstance(self.statement, ast.AugAssign):
            return False
        return node is None or called or isinstance(node, (ast.Name, ast.Attribute, ast.Subscript))

    @property
    def computes(self) -> bool:
        """Whether it gives a name to something that it works out."""
        return isinstance(self.statement, ast.Assign) and isinstance(self.statement.value, (ast.BinOp, ast.Call))

    @property
    def goes_on(self) -> bool:
        """Whether its variable is given another value later on."""
        name = self.root.variable
        names = [part for part in ast.walk(self.unit.node) if isinstance(part, ast.Name) and part.id == name]
        return sum(isinstance(part.ctx, ast.Store) for part in names) > 1

    @property
    def code(self) -> str:
        """Its line."""
        return code_line(self.unit.filename, self.lineno)

    @property
    def lineno(self) -> int:
        """The line: of the statement, or of the element in a tuple or dictionary."""
        return int(self.statement.lineno) if self.alone else self.root.lineno


def roots_of(sites: list[Site]) -> dict[Site, tuple[Site, bool]]:
    """For each site the outermost one around it in its statement, and whether that is the statement's only one."""
    by_statement: dict[int, list[Site]] = {}
    for site in sites:
        by_statement.setdefault(id(site.statement), []).append(site)
    found = {}
    for group in by_statement.values():
        nodes = {site: site.slot.get() for site in group if site.slot is not None}
        parts = {site: {id(part) for part in ast.walk(node)} for site, node in nodes.items()}
        outer = {}
        for site in group:
            around = (o for o in nodes if o.number < site.number and site in nodes and id(nodes[site]) in parts[o])
            outer[site] = next(around, site)
        alone = len({id(o) for o in outer.values()}) == 1
        found.update({site: (o, alone) for site, o in outer.items()})
    return found
