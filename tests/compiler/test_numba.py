"""The numba back end: the values of the NumPy one up to rounding, its cache, and what happens when it fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autodiff as ad
import nn
from autodiff import Tensor
from autodiff.compiler import CompileWarning
from nn import functional as F
from nn import optim
from tests.autodiff.cases import Case, case, cotangent

pytest.importorskip("numba")

CASES = [case(operation, k) for operation in ad.REGISTRY.values() for k in range(len(operation.samples))]
DIFFERENTIABLE = [c for c in CASES if c.operation.kind != "constant" and c.varied]


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the tests' own."""
    folder = tmp_path_factory.getbasetemp() / "kernels"
    monkeypatch.setenv("AUTODIFF_CACHE", str(folder))
    return folder


def build(hidden: int = 10) -> Any:
    """The report's step, and its network."""
    net = nn.ThreeLayerNet(2, hidden, 1, rng=np.random.RandomState(0))
    optimizer = optim.SGD(net.parameters(), lr=0.01)

    def step(x: Any, y: Any) -> Any:
        loss = 0.5 * F.binary_cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return net, step


def assert_close(got: Any, expected: Any, ulps: float) -> None:
    """Equal up to so many units in the last place of the largest entry."""
    a, b = (np.asarray(x.detach().numpy() if isinstance(x, Tensor) else x) for x in (got, expected))
    assert a.shape == b.shape
    assert a.dtype == b.dtype
    if a.dtype.kind not in "fc":
        assert np.array_equal(a, b)
        return
    size = np.max(np.abs(b), initial=0.0, where=np.isfinite(b))
    np.testing.assert_allclose(a, b, rtol=0, atol=ulps * np.finfo(b.dtype).eps * max(size, np.finfo(b.dtype).tiny))


@pytest.mark.slow
@pytest.mark.parametrize("c", DIFFERENTIABLE, ids=str)
def test_registry(c: Case) -> None:
    """Value and gradients of every operation."""

    def f(*varied: Any) -> Any:
        y = c.of_varied(*varied)
        y.backward(gradient=cotangent(y))
        return y.detach(), [x.grad for x in varied]

    compiled = ad.compile(f, backend="numba")
    other = case(c.operation, c.number, seed=1)
    for current in (c, other, c):
        results = [g(*[Tensor(x, requires_grad=True) for x in current.point]) for g in (compiled, f)]
        assert_close(results[0][0], results[1][0], 4)
        for got, expected in zip(results[0][1], results[1][1], strict=True):
            assert (got is None) == (expected is None)
            if got is not None:
                assert_close(got, expected, 4)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    ("shape", "axis"),
    [((7,), None), ((8,), None), ((100,), None), ((129,), None), ((1001,), None), ((3, 40), 1), ((2, 3, 40), (1, 2))],
)
def test_sums_have_the_bits_of_numpy(shape: tuple[int, ...], axis: Any, dtype: str) -> None:
    """They are taken in pairs, as NumPy does; one after the other 1000 numbers have 60 ulp of rounding errors."""

    def f(x: Any) -> Any:
        return 2.0 * ad.sum(x * x - 1.0, axis=axis)

    x = Tensor(np.random.default_rng(0).normal(size=shape).astype(dtype))
    compiled = ad.compile(f, backend="numba")
    for _ in range(2):
        np.testing.assert_array_equal(compiled(x).numpy(), f(x).numpy())
    assert compiled.backend == "numba"


def test_step_within_4_ulp() -> None:
    """One step of the report's network from the same parameters, many times."""
    net, step = build()
    other, fast_step = build()
    fast = ad.compile(fast_step, backend="numba")
    rng = np.random.default_rng(0)
    for k in range(12):
        x, y = Tensor(rng.random(2)), Tensor([k % 2 + 0.0])
        other.load_state_dict(net.state_dict())
        # The logarithm of a probability near 1: four units in the last place of that.
        np.testing.assert_allclose(fast(x, y).item(), step(x, y).item(), rtol=0, atol=4 * np.finfo(float).eps)
        for p, q in zip(other.parameters(), net.parameters(), strict=True):
            assert_close(p.data, q.data, 4)
            assert_close(p.grad, q.grad, 4)
    assert fast.backend == "numba"


def test_scan() -> None:
    """An epoch in one call does what the steps do."""
    net, step = build()
    other, fast_step = build()
    fast = ad.compile(fast_step, backend="numba")
    xs, ys = np.random.default_rng(0).random((21, 2)), np.arange(21.0).reshape(21, 1) % 2
    for _ in range(3):
        losses = fast.scan(Tensor(xs), Tensor(ys))
        expected = [step(Tensor(x), Tensor(y)).item() for x, y in zip(xs, ys, strict=True)]
        np.testing.assert_allclose(losses.tolist(), expected, rtol=1e-13)
    for p, q in zip(other.parameters(), net.parameters(), strict=True):
        np.testing.assert_allclose(p.data, q.data, rtol=1e-13)
        np.testing.assert_allclose(p.grad.numpy(), q.grad.numpy(), rtol=1e-12, atol=1e-18)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_batches(dtype: Any) -> None:
    """Products that BLAS does, with loops between them; Adam; softmax."""

    def make(compiled: bool) -> Any:
        net = nn.Sequential(nn.Linear(30, 40, rng=0), nn.ReLU(), nn.Linear(40, 5, rng=1))
        for p in net.parameters():
            p._value = p._value.astype(dtype)
            p.requires_grad = False
            p.requires_grad = True
        optimizer = optim.Adam(net.parameters(), lr=0.01)

        def step(x: Any, y: Any) -> Any:
            loss = F.cross_entropy(net(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            return loss

        return net, ad.compile(step, backend="numba") if compiled else step

    rng = np.random.default_rng(0)
    x, y = Tensor(rng.normal(size=(64, 30)).astype(dtype)), Tensor(rng.integers(0, 5, 64))
    (net, step), (other, fast) = make(False), make(True)
    for _ in range(5):
        np.testing.assert_allclose(fast(x, y).item(), step(x, y).item(), rtol=1e3 * np.finfo(dtype).eps)
    for p, q in zip(other.parameters(), net.parameters(), strict=True):
        assert p.dtype == dtype
        # Adam divides by the root of its own noise where gradients are near 0.
        np.testing.assert_allclose(p.data, q.data, atol=2e-3 if dtype is np.float32 else 1e-9)
    assert fast.backend == "numba"


PROGRAM = """
import autodiff as ad
import numpy as np
f = ad.compile(lambda x: ad.exp(x * 2.0) + ad.sin(x), backend="numba")
for _ in range(3):
    y = f(ad.Tensor([1.0, 2.0, 3.0]))
assert f.backend == "numba"
np.testing.assert_allclose(y.numpy(), np.exp([2.0, 4.0, 6.0]) + np.sin([1.0, 2.0, 3.0]), rtol=1e-14)
"""


def test_concurrent_processes_and_broken_files(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that compile the same at the same time; then a cache full of rubbish."""
    folder = cache / "shared"
    monkeypatch.setenv("AUTODIFF_CACHE", str(folder))
    command = [sys.executable, "-W", "error", "-c", PROGRAM]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        _, error = process.communicate(timeout=300)
        assert process.returncode == 0, error.decode()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for rubbish in (b"", b"rubbish"):
        for path in files:
            path.write_bytes(rubbish)
        done = subprocess.run(command, capture_output=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr.decode()


def test_another_process_loads_what_one_compiled(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process compiles nothing: numba has its code from the disk."""
    monkeypatch.setenv("AUTODIFF_CACHE", str(cache / "loaded"))
    count = """
from autodiff.compiler import native
(module,) = native._loaded.values()
print(sum(module.kernel.stats.cache_hits.values()), sum(module.kernel.stats.cache_misses.values()))
"""
    said = [
        subprocess.run([sys.executable, "-c", PROGRAM + count], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert [text.split() for text in said] == [["0", "1"], ["1", "0"]]


def test_cache_that_cannot_be_written(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that is a file."""
    blocked = cache / "blocked"
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file")
    monkeypatch.setenv("AUTODIFF_CACHE", str(blocked))
    compiled = ad.compile(lambda x: (x * 3.0 + 1.0) * x, backend="numba")
    for _ in range(2):
        assert compiled(Tensor([2.0])).tolist() == [14.0]
    assert compiled.backend == "numba"


def test_failure_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where numba fails there is a warning, and NumPy."""
    from autodiff.compiler import backend_numba

    def fail(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("numba is not in the mood")

    monkeypatch.setattr(backend_numba, "compiled_kernel", fail)
    compiled = ad.compile(lambda x: (x * 3.0 + 1.0) * x, backend="numba")
    with pytest.warns(CompileWarning, match="not in the mood"):
        assert compiled(Tensor([2.0])).tolist() == [14.0]
    assert compiled(Tensor([3.0])).tolist() == [30.0]


def test_returned_values_are_not_overwritten() -> None:
    """A result is the caller's, numbers of shape () too."""
    compiled = ad.compile(lambda x: ((x * 2.0).sum(), x * 3.0, x[0] * 1.5), backend="numba")
    first = compiled(Tensor([1.0, 2.0]))
    before = [y.tolist() for y in first]
    compiled(Tensor([5.0, 7.0]))
    assert [y.tolist() for y in first] == before == [6.0, [3.0, 6.0], 1.5]


def test_fastmath() -> None:
    """Additions in another order, the same numbers nearly."""
    net, step = build(hidden=50)
    other, fast_step = build(hidden=50)
    fast = ad.compile(fast_step, backend="numba", fastmath=True)
    for _ in range(5):
        x, y = Tensor([0.3, 0.4]), Tensor([1.0])
        np.testing.assert_allclose(fast(x, y).item(), step(x, y).item(), rtol=1e-12)
    for p, q in zip(other.parameters(), net.parameters(), strict=True):
        np.testing.assert_allclose(p.data, q.data, rtol=1e-12)
