"""Imports point one way: each module stands on those to its left, and on nothing else of ours."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From left to right; names in one string share a rank and don't import each other.
LAYERS = (
    "autodiff._polynomials",
    "autodiff._namespaces",
    "autodiff.graph",
    "autodiff.tensor",
    "autodiff.op",
    "autodiff.ops",
    "autodiff.fft autodiff.linalg autodiff.special autodiff.composites",
    "autodiff.protocols",
    "autodiff.sweep",
    "autodiff.transforms",
    "autodiff.check autodiff.anomaly autodiff.compiler",
    "autodiff",  # the facade itself, which only nn and tasks see
    "nn",
    "tasks",
)
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names.split()}
MODULES = [path for top in ("autodiff", "nn", "tasks") for path in sorted((ROOT / top).rglob("*.py"))]


def name_of(path: Path) -> str:
    """The dotted name by which a file of the project is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def layer_of(module: str) -> str | None:
    """The layer that a module belongs to: the package that it is in, or None where it isn't ours."""
    top = module.split(".")[0]
    inner = ".".join(module.split(".")[:2])
    if module == top or top in ("nn", "tasks"):
        return top if top in RANKS else None
    return inner if top == "autodiff" else None


class Running(ast.NodeTransformer):
    """Leaves what runs: an import under `if TYPE_CHECKING` is an annotation, and ties nothing together."""

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        """Keep the `else` of such an `if`, and any other `if` whole."""
        self.generic_visit(node)
        return node.orelse if ast.unparse(node.test).endswith("TYPE_CHECKING") else node


def imported(source: str, module: str, is_package: bool = False) -> set[str]:
    """The modules that a source imports, wherever in it, under their absolute names."""
    found = set()
    for node in ast.walk(Running().visit(ast.parse(source))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = module.split(".")[: None if is_package else -1]
            above = parents[: len(parents) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            submodules = {f"{base}.{alias.name}" for alias in node.names} & (NAMES | RANKS.keys())
            found.update(submodules or {base})
    return found


def wrong_imports(source: str, module: str, is_package: bool = False) -> list[str]:
    """What a module imports from its right, or from a module that has no place in LAYERS."""
    own = layer_of(module)
    wrong = []
    for target in sorted(imported(source, module, is_package)):
        layer = layer_of(target)
        if layer is None or layer == own:
            continue
        if own not in RANKS or layer not in RANKS or RANKS[layer] >= RANKS[own]:
            wrong.append(f"{module} imports {target}")
    return wrong


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_left(path: Path) -> None:
    """A module imports from the layers to its left only."""
    name = name_of(path)
    assert layer_of(name) in RANKS, f"{name} has no place in LAYERS"
    assert wrong_imports(path.read_text(encoding="utf-8"), name, path.name == "__init__.py") == []


def test_handwritten_imports_numpy_alone() -> None:
    """The hand-written gradients can't lean on what they are compared with."""
    source = (ROOT / "tasks" / "handwritten.py").read_text(encoding="utf-8")
    tops = {name.split(".")[0] for name in imported(source, "tasks.handwritten")}
    assert tops <= {"__future__", "dataclasses", "numpy"}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("autodiff.graph", "import autodiff.tensor"),
        ("autodiff.graph", "from autodiff import tensor"),
        ("autodiff.graph", "from . import tensor"),
        ("autodiff.op", "import autodiff"),
        ("autodiff.ops.linalg", "from ..sweep import pullback"),
        ("autodiff.ops.linalg", "from autodiff.sweep import pullback"),
        ("autodiff.op", "def late():\n    from autodiff.ops import add"),
        ("autodiff.check.oracles", "import autodiff.compiler"),
        ("autodiff.nowhere", "import autodiff.graph"),
        ("autodiff.op", "import autodiff.nowhere"),
        ("nn.layers", "from tasks.data import xor_points"),
    ],
)
def test_checker_sees_wrong_import(module: str, source: str) -> None:
    """The check itself fails on an import that points right, however it is spelled."""
    assert wrong_imports(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("autodiff.tensor", "from autodiff import graph\nfrom autodiff.graph import Node\nimport numpy"),
        ("autodiff.ops.linalg", "from .. import op\nfrom . import shape\nfrom .shape import reshape"),
        ("nn.layers", "import autodiff\nfrom autodiff import no_grad"),
        ("tasks.networks", "import nn\nfrom nn import optim\nfrom tasks import handwritten"),
        ("autodiff.graph", "if TYPE_CHECKING:\n    from autodiff.op import Operation"),
    ],
)
def test_checker_passes_right_import(module: str, source: str) -> None:
    """The check has nothing against imports from the left, from the same package, or from outside."""
    assert wrong_imports(source, module) == []
