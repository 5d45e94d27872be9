"""Births in words: what the search found, as the report says it."""

from __future__ import annotations

import ast
from typing import Any

from .choice import Repair
from .location import before, located
from .pool import NEAREST, POOL
from .report import Birth
from .search import Search
from .sources import code_line


def births_of(search: Search) -> tuple[Birth, ...]:
    """Every line that was repaired, and where what is left wrong must come from."""
    found: dict[tuple[str, int], Birth] = {}
    for repair in search.repairs:
        birth = _birth(search, repair)
        known = found.get((birth.filename, birth.lineno))
        if known is not None:
            birth = _joined(known, birth)
        found[birth.filename, birth.lineno] = birth
    for suspect, wrong in located(search):
        names = ", ".join(search.in_words(wrong))
        cause = f"unexplained: {before(search, suspect)}; wrong from here on, and with it {names}"
        place = (suspect.unit.filename, suspect.lineno)
        found.setdefault(place, Birth(*place, code_line(*place), _variable(suspect), cause))
    if not found:  # their code gave no value that could be watched
        code = getattr(search.program.gradients, "__code__", None)
        if code is not None:
            whole = (code.co_filename, code.co_firstlineno)
            wrongly = ", ".join(sorted(map(str, search.wrong_at_first)))
            cause = f"unexplained: the loss is right; wrong somewhere in this function, and with it {wrongly}"
            found[whole] = Birth(*whole, code_line(*whole), code.co_name, cause)
    return tuple(sorted(found.values(), key=lambda birth: (birth.filename, birth.lineno)))


def _birth(search: Search, repair: Repair) -> Birth:
    suspect, edit = repair.suspect, repair.edit
    filename, lineno = suspect.unit.filename, suspect.lineno
    variable = _variable(suspect)
    cause = edit.cause
    if edit.kind == "unexplained":
        cause = f"unexplained: {before(search, suspect)}; here {edit.cause}"
    elif edit.kind == "value":
        old, new = ast.unparse(edit.changes[0][0].get()), _text(edit.changes[0][1])
        if new is not None and _same_name(variable, new) and not _same_name(variable, old):
            cause = f"`{variable}` holds {old} where {new} belongs, saved at line {lineno}"
    names = search.in_words(repair.repaired)
    return Birth(filename, lineno, code_line(filename, lineno), variable, cause, _repaired(repair), names)


def _joined(first: Birth, second: Birth) -> Birth:
    """Two errors in one line."""
    cause = f"{first.cause}; and {second.cause}"
    return Birth(
        first.filename, first.lineno, first.code, first.variable, cause, None, first.parameters + second.parameters
    )


def _repaired(repair: Repair) -> str | None:
    """The statement as it is right, unless it takes a value that they have no name for."""
    if any(_text(node) is None for _, node in repair.edit.changes):
        return None
    with repair.edit.applied():
        suspect = repair.suspect
        body = suspect.root.body or []
        replaced = [node for _, node in repair.edit.changes if node in body]
        whole = replaced[0] if replaced else suspect.statement
        slot = suspect.root.slot
        source = ast.unparse(whole if suspect.alone or slot is None else slot.get())
        if suspect.root.is_loop:
            source = source.partition("\n")[0]
    return source if "\n" not in source and source != "pass" else None


def _text(node: Any) -> str | None:
    """An expression as one writes it; None where it takes from the true values."""
    source = ast.unparse(node)
    return None if POOL in source or NEAREST in source else source


def _variable(suspect: Any) -> str:
    """What the value is called where it is born."""
    statement = suspect.statement
    if suspect.alone and isinstance(statement, ast.Assign):
        return ast.unparse(statement.targets[0])
    if suspect.alone and isinstance(statement, (ast.AugAssign, ast.AnnAssign)):
        return ast.unparse(statement.target)
    return str(suspect.root.variable)


def _same_name(variable: str, other: str) -> bool:
    """Whether ``cache["a1"]`` and ``a1`` go by the same name."""

    def bare(text: str) -> str:
        return text.rstrip("]").split("[")[-1].split(".")[-1].strip("'\"").lower()

    return bare(variable) == bare(other)
