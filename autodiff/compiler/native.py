"""From the source of loops to machine code, which is kept on disk by the hash of the source."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from .._namespaces.generic import LOWEST
from .expressions import HELPERS, KINDS

if TYPE_CHECKING:
    from .loops import Loops

VERSION = 1
"""Part of the hash; raised when the same source is to mean something else."""

_loaded: dict[str, ModuleType] = {}


def cache_folder() -> Path:
    """Where compiled code is kept: ``AUTODIFF_CACHE``, else a folder of the user's."""
    chosen = os.environ.get("AUTODIFF_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mini-autodiff"


def compiled_kernel(loops: Loops, given: list[tuple[str, int, str]], *, fastmath: bool) -> tuple[Any, Any]:
    """The compiled function ``kernel(table, *given)``, and the table of addresses of its arrays."""
    arguments = ", ".join(["table", *[f"x{k}" for k in range(len(given))]])
    source = _module(loops, [f"def kernel({arguments}):"], loops.lines, fastmath)
    table = _table(loops)
    signature = [_array_type("u8", 1, "C"), *[_array_type(*kind) for kind in given]]
    return _function(source, "kernel", tuple(signature)), table


def compiled_scan(
    loops: Loops, given: list[tuple[str, int, str]], results: list[tuple[Any, Any]], *, fastmath: bool
) -> tuple[Any, Any]:
    """The function ``scan(table, *rows, *stacks)``: the kernel for each row, and what it computes put into a stack.

    `results` are pairs of the array that holds a result after the kernel, and its type.
    """
    names = [f"y{k}" for k in range(len(given))]
    stacks = [f"o{k}" for k in range(len(results))]
    head = f"def scan({', '.join(['table', *names, *stacks])}):"
    length = f"{(names + stacks)[0]}.shape[0]"
    body = [f"for row in range({length}):"]
    body += [f"    x{k} = y{k}[row]" for k in range(len(given))]
    body += [f"    {line}" for line in loops.lines]
    for k, (array, _) in enumerate(results):
        body += _copy_out(loops, f"o{k}", array)
    source = _module(loops, [head], body, fastmath)
    signature = [_array_type("u8", 1, "C")]
    signature += [_array_type(kind, ndim + 1, "C") for kind, ndim, _ in given]
    signature += [_array_type(KINDS[array.dtype], array.ndim + 1, "C") for array, _ in results]
    return _function(source, "scan", tuple(signature)), _table(loops)


def _copy_out(loops: Loops, name: str, array: Any) -> list[str]:
    pointer = _pointer_to(loops, array)
    lines, depth = [], "    "
    for axis, length in enumerate(array.shape):
        lines.append(f"{depth}for i{axis} in range({length}):")
        depth += "    "
    index = ", ".join(["row", *[f"i{axis}" for axis in range(array.ndim)]])
    place = " + ".join(f"i{axis} * {s // array.itemsize}" for axis, s in enumerate(array.strides)) or "0"
    return [*lines, f"{depth}{name}[{index}] = {pointer}[{place}]"]


def _pointer_to(loops: Loops, array: Any) -> str:
    for k, known in enumerate(loops.table):
        if known.__array_interface__["data"][0] == array.__array_interface__["data"][0] and known.dtype == array.dtype:
            return f"p{k}"
    loops.table.append(array)
    return f"p{len(loops.table) - 1}"


def _table(loops: Loops) -> Any:
    """The addresses of the arrays, which somebody else has to keep alive."""
    return np.array([array.__array_interface__["data"][0] for array in loops.table] or [0], np.uint64)


def _module(loops: Loops, head: list[str], body: list[str], fastmath: bool) -> str:
    """The source of a module with one function."""
    pointers = [
        f"    p{k} = carray({KINDS[array.dtype]}(table[{k}]), ({_extent(array)},))"
        for k, array in enumerate(loops.table)
    ]
    lines = [
        "import math",
        "import numpy as np",
        "from numba import carray, njit",
        "from autodiff.compiler.pointers import b1, f4, f8, i8",
        f"LOWEST = {LOWEST!r}",
        f"OPTIONS = dict(cache=True, error_model='numpy', fastmath={fastmath})",
        HELPERS,
        "@njit(**OPTIONS)",
        *head,
        *pointers,
        *[f"    {line}" for line in body],
    ]
    return "\n".join([*lines, ""])


def _extent(array: Any) -> int:
    """How many entries there are from the first to the last."""
    return int(1 + sum((n - 1) * abs(s) // array.itemsize for n, s in zip(array.shape, array.strides, strict=True)))


def _array_type(kind: str, ndim: int, layout: str) -> Any:
    from numba import types

    dtypes = {"f8": types.float64, "f4": types.float32, "i8": types.int64, "b1": types.boolean, "u8": types.uint64}
    if ndim == 0:
        return types.float64 if kind == "f4" else dtypes[kind]
    return types.Array(dtypes[kind], ndim, layout)


def _function(source: str, name: str, signature: tuple[Any, ...]) -> Any:
    """The compiled function of a source, from the cache if it is there and whole."""
    key = hashlib.sha256(f"{VERSION}{sys.version}{np.__version__}{source}".encode()).hexdigest()[:32]
    try:
        function = getattr(_load(key, source), name)
        function.compile(signature)
    except Exception:
        # A file that was broken, or a folder that can't be written to: once more, without what is there.
        _loaded.pop(key, None)
        function = getattr(_load_anew(key, source), name)
        function.compile(signature)
    return function


def _load(key: str, source: str) -> ModuleType:
    if key not in _loaded:
        _loaded[key] = _imported(_written(cache_folder() / key, source), key)
    return _loaded[key]


def _load_anew(key: str, source: str) -> ModuleType:
    folder = cache_folder() / key
    shutil.rmtree(folder, ignore_errors=True)
    try:
        path = _written(folder, source)
    except OSError:
        path = _written(Path(tempfile.mkdtemp(prefix="autodiff-")) / key, source)
    _loaded[key] = _imported(path, key)
    return _loaded[key]


def _written(folder: Path, source: str) -> Path:
    """The file with the source; it appears as a whole, so that other processes never see a part of it."""
    path = folder / "kernel.py"
    try:
        if path.read_text(encoding="utf-8") == source:
            return path
    except (OSError, UnicodeDecodeError):
        pass
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(source)
    os.replace(temporary, path)
    return path


def _imported(path: Path, key: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"autodiff_kernel_{key}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # numba writes the module's name into the file, and finds it by that; else each process would compile anew.
    sys.modules[module.__name__] = module
    spec.loader.exec_module(module)
    return module
