"""Where values are born in the user's code: the right-hand sides, arguments and returned values of their lines."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .sources import Unit


@dataclass
class Slot:
    """A place in a syntax tree that holds an expression."""

    parent: Any
    field: str
    index: int | None = None

    def get(self) -> Any:
        """The expression."""
        value = getattr(self.parent, self.field)
        return value if self.index is None else value[self.index]

    def set(self, node: Any) -> None:
        """Put another in its place."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


@dataclass(eq=False)
class Site:
    """One expression whose value is watched.

    Attributes
    ----------
    number : int
        Its place in the list of all sites, which is the order of the text.
    unit : Unit
    statement : syntax tree
        The statement that it is in (of a lambda, its body).
    body : list or None
        The list of statements that it stands in.
    slot : Slot or None
        None for an argument at a function's entry.
    variable : str
        The name that the value gets.
    key : expression or None
        Of ``grads[key] = ...`` the key, which names the value.
    after : expression or None
        What the statement changes in place.
    """

    number: int
    unit: Unit
    statement: Any
    body: list[Any] | None
    slot: Slot | None
    variable: str
    key: Any = None
    after: Any = None

    @property
    def is_loop(self) -> bool:
        """Whether its value is what a loop goes over."""
        return isinstance(self.statement, ast.For)

    @property
    def lineno(self) -> int:
        """The line of the expression."""
        node = self.statement if self.slot is None else self.slot.get()
        return int(getattr(node, "lineno", self.statement.lineno))


def sites_of(units: Sequence[Unit]) -> list[Site]:
    """Every site in these units."""
    finder = _Finder({unit.name for unit in units})
    for unit in units:
        finder.unit = unit
        finder.definition(unit.node)
    return finder.sites


def all_values(units: Sequence[Unit], sites: Sequence[Site]) -> list[Site]:
    """The sites, and one for every other result inside an expression: what the forward pass gives no name to."""
    found = list(sites)
    known = {id(site.slot.get()) for site in sites if site.slot is not None}
    for unit in units:
        for node in ast.walk(unit.node):
            for slot in _slots(node):
                value = slot.get()
                if isinstance(value, (ast.BinOp, ast.Call)) and id(value) not in known:
                    known.add(id(value))
                    found.append(Site(len(found), unit, unit.node, None, slot, ast.unparse(value)))
    return found


def _slots(node: Any) -> Iterator[Slot]:
    """The places of expressions directly in a node, but for what is called."""
    for field, value in ast.iter_fields(node):
        if field in ("decorator_list", "annotation", "returns", "defaults", "kw_defaults"):
            continue
        if isinstance(value, ast.expr) and not (isinstance(node, ast.Call) and field == "func"):
            yield Slot(node, field)
        elif isinstance(value, list):
            yield from (_Item(value, k) for k, item in enumerate(value) if isinstance(item, ast.expr))


class _Finder:
    def __init__(self, own: set[str]) -> None:
        self.own = own
        self.sites: list[Site] = []
        self.unit: Any = None

    def add(
        self, slot: Slot | None, statement: Any, body: Any, variable: str, key: Any = None, after: Any = None
    ) -> None:
        self.sites.append(Site(len(self.sites), self.unit, statement, body, slot, variable, key, after))

    def definition(self, node: Any) -> None:
        if isinstance(node, ast.Lambda):
            if isinstance(node.body, ast.Call):
                self.call(node.body, node.body, None)
            self.value(Slot(node, "body"), node.body, None, "")
            return
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        for argument in arguments:
            if argument.arg not in ("self", "cls"):
                self.add(None, argument, node.body, argument.arg)
        self.statements(node.body)

    def statements(self, body: list[Any]) -> None:
        for statement in body:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.definition(statement)
                continue
            self.statement(statement, body)
            if not hasattr(statement, "body") and not isinstance(statement, ast.Match):
                for part in ast.walk(statement):
                    if isinstance(part, ast.Lambda):
                        self.definition(part)
            for name in ("body", "orelse", "finalbody"):
                self.statements(getattr(statement, name, []))
            for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
                self.statements(part.body)

    def statement(self, statement: Any, body: list[Any]) -> None:
        if isinstance(statement, ast.Assign) and len(statement.targets) >= 1:
            self.assigned(statement, body, statement.targets[0])
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            self.assigned(statement, body, statement.target)
        elif isinstance(statement, ast.AugAssign):
            after = loaded(statement.target.value if isinstance(statement.target, ast.Subscript) else statement.target)
            key = _key(statement.target)
            if key is not None:
                after = loaded(statement.target)
            self.add(Slot(statement, "value"), statement, body, _label(statement.target), key, after)
            self.calls(statement.value, statement, body)
        elif isinstance(statement, ast.Return) and statement.value is not None:
            self.value(Slot(statement, "value"), statement, body, "")
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            self.call(statement.value, statement, body)
        elif isinstance(getattr(statement, "value", None), (ast.Yield, ast.YieldFrom)) and statement.value.value:
            self.value(Slot(statement.value, "value"), statement, body, "")
        elif isinstance(statement, ast.For):
            self.loop(statement, body)

    def loop(self, statement: ast.For, body: list[Any]) -> None:
        """What a loop goes over, where it is counted or cut out of something: it can stop too early."""
        places = [Slot(statement, "iter"), *(slot for node in ast.walk(statement.iter) for slot in _slots(node))]
        for slot in places:
            node = slot.get()
            counted = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
            if counted or (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)):
                self.add(slot, statement, body, "")
                return

    def call(self, call: ast.Call, statement: Any, body: Any) -> None:
        """The arguments of a call that is made for what it does."""
        label = _label(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        if isinstance(call.func, ast.Name) and call.func.id == "setattr" and len(call.args) == 3:
            label = _text_of(call.args[1])
        for k in range(len(call.args)):
            self.value(_Item(call.args, k), statement, body, label)
        for keyword in call.keywords:
            self.value(Slot(keyword, "value"), statement, body, keyword.arg or label)

    def assigned(self, statement: Any, body: list[Any], target: Any) -> None:
        slot = Slot(statement, "value")
        if isinstance(target, (ast.Tuple, ast.List)):
            value = statement.value
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                for k, part in enumerate(target.elts):
                    self.value(_Item(value.elts, k), statement, body, _label(part), _key(part))
                return
            self.value(slot, statement, body, ",".join(_label(part) for part in target.elts))
            return
        after = None
        key = _key(target)
        if isinstance(target, ast.Subscript) and key is None:
            after = loaded(target.value)
        self.value(slot, statement, body, _label(target), key, after)

    def value(self, slot: Slot, statement: Any, body: Any, variable: str, key: Any = None, after: Any = None) -> None:
        """The sites of one value: of each element where it is a tuple, list or dictionary written out."""
        node = slot.get()
        if isinstance(node, ast.Dict) and node.values:
            for k, name in enumerate(node.keys):
                if name is not None:
                    self.value(_Item(node.values, k), statement, body, _text_of(name) or variable, _plain(name))
            return
        if isinstance(node, (ast.Tuple, ast.List)) and node.elts and not after:
            named = variable
            for k, element in enumerate(node.elts):
                if _text_of(element):
                    named = _text_of(element)  # of ("w", dw) the name of what comes after it
                else:
                    self.value(_Item(node.elts, k), statement, body, _name_of(element) or named)
            return
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict" and node.keywords:
            for keyword in node.keywords:
                self.value(Slot(keyword, "value"), statement, body, keyword.arg or variable)
            return
        if isinstance(node, ast.Starred):
            self.value(Slot(node, "value"), statement, body, variable)
            return
        if isinstance(node, ast.DictComp):
            self.value(Slot(node, "value"), statement, body, variable, _plain(node.key))
            return
        if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
            self.value(Slot(node, "elt"), statement, body, variable)
            return
        if isinstance(node, ast.NamedExpr):
            self.value(Slot(node, "value"), statement, body, variable or node.target.id)
            return
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("dict", "tuple", "list"):
            inner = node.args[0] if len(node.args) == 1 else None
            if isinstance(inner, (ast.GeneratorExp, ast.ListComp, ast.Dict, ast.Tuple, ast.List)):
                self.value(_Item(node.args, 0), statement, body, variable)
                return
        self.add(slot, statement, body, variable, key, after)
        self.calls(node, statement, body)

    def calls(self, node: Any, statement: Any, body: Any) -> None:
        """The arguments of calls to their own functions, inside an expression."""
        for call in ast.walk(node):
            if isinstance(call, ast.Lambda):
                return
            if not isinstance(call, ast.Call):
                continue
            called = call.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in self.own:
                for k, argument in enumerate(call.args):
                    if not isinstance(argument, (ast.Constant, ast.Starred)):
                        self.add(_Item(call.args, k), statement, body, _name_of(argument) or "")


class _Item(Slot):
    """A place in a list of expressions."""

    def __init__(self, items: list[Any], index: int) -> None:
        super().__init__(items, "", index)

    def get(self) -> Any:
        return self.parent[self.index]

    def set(self, node: Any) -> None:
        self.parent[self.index] = node


def _label(target: Any) -> str:
    """The name that an assignment's target goes by."""
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute):
        return target.attr
    if isinstance(target, ast.Subscript):
        return _text_of(target.slice) or _label(target.value)
    if isinstance(target, ast.Starred):
        return _label(target.value)
    return ""


def _name_of(node: Any) -> str:
    return _label(node) if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) else ""


def _text_of(node: Any) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _key(target: Any) -> Any:
    """The key of ``d[key] = ...`` where it may be a dictionary's: evaluated a second time, to name the value."""
    return _plain(target.slice) if isinstance(target, ast.Subscript) else None


def _plain(node: Any) -> Any:
    """An expression made of text and numbers alone, which has no side effect."""
    allowed = (ast.Constant, ast.Name, ast.BinOp, ast.JoinedStr, ast.FormattedValue, ast.Call, ast.operator, ast.Load)
    if isinstance(node, ast.Name):
        return node
    for part in ast.walk(node):
        if not isinstance(part, allowed):
            return None
        if isinstance(part, ast.Call) and not (isinstance(part.func, ast.Name) and part.func.id in ("str", "repr")):
            return None
    return node


def loaded(node: Any) -> Any:
    """The target of an assignment as an expression."""
    return ast.parse(ast.unparse(node), mode="eval").body
