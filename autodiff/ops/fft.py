"""Discrete Fourier transforms, the standard's extension `fft`.

The transforms along one axis are linear operations; those along several are compositions of them. `norm` says where
the factor ``1/n`` stands: "backward" (in the inverse), "forward" (in the forward transform), or "ortho" (its root in
both).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import op
from .._namespaces import COMPLEX, Array

Axes = tuple[int, ...] | int | None

_DUAL = {"backward": "forward", "forward": "backward", "ortho": "ortho"}


def _dual(norm: str) -> str:
    """The norm under which the transform in the other direction has the same factor."""
    if norm not in _DUAL:
        raise ValueError(f'norm {norm!r}: one of "backward", "forward" and "ortho" expected')
    return _DUAL[norm]


def _part(xp: Any, x: Array, axis: int, start: int, stop: int) -> Array:
    """The entries from `start` to `stop` along an axis."""
    return x[(slice(None),) * (axis % x.ndim) + (slice(start, stop), ...)]


def _resized(xp: Any, x: Array, axis: int, n: int) -> Array:
    """`x` cut off or filled up with zeros to length `n` along an axis: the transpose of the transforms' own `n`."""
    axis %= x.ndim
    if x.shape[axis] >= n:
        return x if x.shape[axis] == n else _part(xp, x, axis, 0, n)
    missing = (*x.shape[:axis], n - x.shape[axis], *x.shape[axis + 1 :])
    return xp.concat([x, xp.broadcast_to(xp.zeros_like(_part(xp, x, axis, 0, 1)), missing)], axis=axis)


def _weighted(xp: Any, x: Array, axis: int, n: int, weight: float) -> Array:
    """A half spectrum of `n` numbers, those entries that stand for two (one of them left out) times `weight`.

    Those are all but the constant and, for even `n`, the last.
    """
    end = (n + 1) // 2
    length = x.shape[axis]
    double = weight * _part(xp, x, axis, 1, end)
    return xp.concat([_part(xp, x, axis, 0, 1), double, _part(xp, x, axis, end, length)], axis=axis)


def _as_complex(x: Array) -> Array:
    """Complex numbers, as the standard has it for these transforms, of the same precision."""
    return x if COMPLEX[x.dtype] else x + 0j


_COMPLEX = np.random.default_rng(0).normal(size=(2, 3, 4, 2)) @ np.array([1, 1j])
_ONE_AXIS = [
    op.sample((4,)),
    op.sample((1,)),
    op.sample(_COMPLEX[0]),
    op.sample((3, 4), axis=0),
    op.sample((3, 5), n=3, norm="ortho"),
    op.sample(_COMPLEX[0], n=6, axis=0, norm="forward"),
    op.sample(_COMPLEX, n=2, axis=1),
    op.sample(_COMPLEX[0], n=5, axis=-1),
]
_SEVERAL_AXES = [
    op.sample((4,)),
    op.sample((3, 4), norm="ortho"),
    op.sample(_COMPLEX[0], norm="forward"),
    op.sample(_COMPLEX, axes=(0, -1)),
    op.sample(_COMPLEX, axes=(2, 1), s=(3, 5)),
]


def _fft_transposed(xp: Any, g: Array, _y: Array, _x: Array, *, n: int | None, axis: int, norm: str) -> Array:
    """The transform is a symmetric matrix."""
    return _resized(xp, xp.fft.fft(g, axis=axis, norm=norm), axis, _x.shape[axis])


@op.linear(_fft_transposed, extension="fft", samples=_ONE_AXIS, reference=np.fft.fft)
def fft(xp: Any, x: Array, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Array:
    """Discrete Fourier transform along an axis: ``y[k] = sum over j of x[j] exp(-2 pi i j k / n)``.

    Parameters
    ----------
    x : array
        Real or complex.
    n : int, optional
        The length of the transform, to which `x` is cut off or filled up with zeros; by default that of the axis.
    axis : int
        Along which.
    norm : {"backward", "forward", "ortho"}
        The factor before the sum: 1, ``1/n``, or the root of that.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
    >>> y = ad.fft.fft(x)
    >>> y.backward([1.0, 0.0, 1.0, 0.0])
    >>> y.detach(), x.grad
    (Tensor([10.+0.j, -2.+2.j, -2.+0.j, -2.-2.j]), Tensor([2., 0., 2., 0.]))
    """
    return xp.fft.fft(_as_complex(x), n=n, axis=axis, norm=norm)


def _ifft_transposed(xp: Any, g: Array, _y: Array, _x: Array, *, n: int | None, axis: int, norm: str) -> Array:
    """The inverse is a symmetric matrix, too."""
    return _resized(xp, xp.fft.ifft(g, axis=axis, norm=norm), axis, _x.shape[axis])


@op.linear(_ifft_transposed, extension="fft", samples=_ONE_AXIS, reference=np.fft.ifft)
def ifft(xp: Any, x: Array, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Array:
    """Inverse of `fft`: ``y[j] = 1/n * sum over k of x[k] exp(2 pi i j k / n)``. Arguments as there.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([4.0, 0.0], requires_grad=True)
    >>> y = ad.fft.ifft(x)
    >>> y.backward([1.0, 0.0])
    >>> y.detach(), x.grad
    (Tensor([2.+0.j, 2.+0.j]), Tensor([0.5, 0.5]))
    """
    return xp.fft.ifft(_as_complex(x), n=n, axis=axis, norm=norm)


def _rfft_adjoint(xp: Any, g: Array, _y: Array, _x: Array, *, n: int | None, axis: int, norm: str) -> Array:
    """Each left-out entry would have brought what its conjugate brings; `irfft` counts both, so half of it is right."""
    n = _x.shape[axis] if n is None else n
    spread = xp.fft.irfft(_weighted(xp, g, axis % g.ndim, n, 0.5), n=n, axis=axis, norm=_dual(norm))
    return _resized(xp, spread, axis, _x.shape[axis])


_REAL_SAMPLES = [
    op.sample((4,)),
    op.sample((5,), norm="forward"),
    op.sample((1,)),
    op.sample((2,)),
    op.sample((3, 4), axis=0),
    op.sample((3, 5), n=4, norm="ortho"),
    op.sample((3, 4), n=7, axis=0),
    op.sample((2, 3, 2), n=2, axis=1, norm="forward"),
    op.sample((4,), n=6),
]


@op.linear(_rfft_adjoint, holomorphic=False, extension="fft", samples=_REAL_SAMPLES, reference=np.fft.rfft)
def rfft(xp: Any, x: Array, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Array:
    """`fft` of real numbers: the first ``n//2 + 1`` entries, of which the others are the conjugates.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
    >>> y = ad.fft.rfft(x)
    >>> y.backward([1.0, 0.0, 1.0])
    >>> y.detach(), x.grad
    (Tensor([10.+0.j, -2.+2.j, -2.+0.j]), Tensor([2., 0., 2., 0.]))
    """
    return xp.fft.rfft(x, n=n, axis=axis, norm=norm)


def _irfft_adjoint(xp: Any, g: Array, _y: Array, _x: Array, *, n: int | None, axis: int, norm: str) -> Array:
    """An entry of the half spectrum counts twice where its conjugate was left out."""
    spectrum = _weighted(xp, xp.fft.rfft(g, axis=axis, norm=_dual(norm)), axis % g.ndim, g.shape[axis], 2.0)
    return _resized(xp, spectrum, axis, _x.shape[axis])


_HALF_SAMPLES = [
    op.sample((4,)),
    op.sample((4,), n=7, norm="forward"),
    op.sample((1,), n=1),
    op.sample(_COMPLEX[0]),
    op.sample(_COMPLEX[0], n=7),
    op.sample(_COMPLEX[0], axis=0, norm="ortho"),
    op.sample(_COMPLEX[0], n=9, axis=0),
    op.sample(_COMPLEX[0], n=10, axis=1),
    op.sample(_COMPLEX, n=3, axis=-1, norm="forward"),
    op.sample(_COMPLEX, n=2, axis=1),
]


@op.linear(_irfft_adjoint, holomorphic=False, extension="fft", samples=_HALF_SAMPLES, reference=np.fft.irfft)
def irfft(xp: Any, x: Array, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Array:
    """Inverse of `rfft`: `n` real numbers, by default ``2*(m - 1)`` of `m` entries.

    The imaginary parts of the first entry and, for even `n`, of the last count for nothing; their derivative is 0.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([8.0 + 0j, 0j, 0j], requires_grad=True)
    >>> y = ad.fft.irfft(x)
    >>> y.backward([1.0, 0.0, 0.0, 0.0])
    >>> y.detach(), x.grad
    (Tensor([2., 2., 2., 2.]), Tensor([0.25+0.j, 0.5 +0.j, 0.25+0.j]))
    """
    return xp.fft.irfft(_as_complex(x), n=n, axis=axis, norm=norm)


@op.composite(extension="fft", samples=_HALF_SAMPLES, reference=np.fft.hfft)
def hfft(xp: Any, x: Array, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Array:
    """`fft` of numbers that are conjugate in pairs, given by their first half: `n` real numbers.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([1.0 + 0j, 2.0 + 0j], requires_grad=True)
    >>> y = ad.fft.hfft(x, n=3)
    >>> y.backward([1.0, 0.0, 0.0])
    >>> y.detach(), x.grad
    (Tensor([ 5., -1., -1.]), Tensor([1.-0.j, 2.-0.j]))
    """
    return xp.fft.irfft(xp.conj(_as_complex(x)), n=n, axis=axis, norm=_dual(norm))


@op.composite(extension="fft", samples=_REAL_SAMPLES, reference=np.fft.ihfft)
def ihfft(xp: Any, x: Array, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Array:
    """Inverse of `hfft`: of `n` real numbers the first ``n//2 + 1`` entries.

    Examples
    --------
    >>> import autodiff as ad
    >>> x = ad.Tensor([4.0, 0.0], requires_grad=True)
    >>> y = ad.fft.ihfft(x)
    >>> y.backward([1.0, 0.0])
    >>> y.detach(), x.grad
    (Tensor([2.-0.j, 2.-0.j]), Tensor([0.5, 0.5]))
    """
    return xp.conj(xp.fft.rfft(x, n=n, axis=axis, norm=_dual(norm)))


def _lengths(ndim: int, s: Any, axes: Axes) -> list[tuple[int, int | None]]:
    """The axes, each with its length (None: its own), by default all or the last ``len(s)``."""
    if axes is None:
        axes = tuple(range(ndim)) if s is None else tuple(range(-len(s), 0))
    axes = (axes,) if isinstance(axes, int) else tuple(axes)
    lengths = [None] * len(axes) if s is None else [None if n == -1 else n for n in s]
    if len(lengths) != len(axes):
        raise ValueError(f"one length per axis expected, got s={s!r} for axes {axes!r}")
    return list(zip(axes, lengths, strict=True))


@op.composite(extension="fft", samples=_SEVERAL_AXES, reference=np.fft.fftn)
def fftn(xp: Any, x: Array, /, *, s: Any = None, axes: Axes = None, norm: str = "backward") -> Array:
    """`fft` along several axes, by default along all, with the lengths `s`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.fft.fftn(ad.Tensor([[1.0, 2.0], [3.0, 4.0]]))
    Tensor([[10.+0.j, -2.+0.j],
            [-4.+0.j,  0.+0.j]])
    """
    y = _as_complex(x)
    for axis, n in reversed(_lengths(x.ndim, s, axes)):
        y = xp.fft.fft(y, n=n, axis=axis, norm=norm)
    return y


@op.composite(extension="fft", samples=_SEVERAL_AXES, reference=np.fft.ifftn)
def ifftn(xp: Any, x: Array, /, *, s: Any = None, axes: Axes = None, norm: str = "backward") -> Array:
    """Inverse of `fftn`.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.fft.ifftn(ad.Tensor([[4.0, 0.0], [0.0, 0.0]]))
    Tensor([[1.+0.j, 1.+0.j],
            [1.+0.j, 1.+0.j]])
    """
    y = _as_complex(x)
    for axis, n in reversed(_lengths(x.ndim, s, axes)):
        y = xp.fft.ifft(y, n=n, axis=axis, norm=norm)
    return y


@op.composite(
    extension="fft",
    samples=[
        op.sample((4,)),
        op.sample((3, 5), norm="ortho"),
        op.sample((2, 3, 4), axes=(0, 1), norm="forward"),
        op.sample((2, 3, 4), axes=(2, 1), s=(3, 5)),
    ],
    reference=np.fft.rfftn,
)
def rfftn(xp: Any, x: Array, /, *, s: Any = None, axes: Axes = None, norm: str = "backward") -> Array:
    """`fftn` of real numbers: along the last of the axes the first half of the entries.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.fft.rfftn(ad.ones((2, 3)))
    Tensor([[6.+0.j, 0.+0.j],
            [0.+0.j, 0.+0.j]])
    """
    *others, (last, n) = _lengths(x.ndim, s, axes)
    y = xp.fft.rfft(x, n=n, axis=last, norm=norm)
    for axis, length in reversed(others):
        y = xp.fft.fft(y, n=length, axis=axis, norm=norm)
    return y


@op.composite(extension="fft", samples=_SEVERAL_AXES, reference=np.fft.irfftn)
def irfftn(xp: Any, x: Array, /, *, s: Any = None, axes: Axes = None, norm: str = "backward") -> Array:
    """Inverse of `rfftn`; the length of the last axis is, by default, ``2*(m - 1)`` for `m` entries.

    Examples
    --------
    >>> import autodiff as ad
    >>> ad.fft.irfftn(ad.Tensor([[6.0, 0.0], [0.0, 0.0]]), s=(2, 3))
    Tensor([[1., 1., 1.],
            [1., 1., 1.]])
    """
    *others, (last, n) = _lengths(x.ndim, s, axes)
    y = _as_complex(x)
    for axis, length in others:
        y = xp.fft.ifft(y, n=length, axis=axis, norm=norm)
    return xp.fft.irfft(y, n=n, axis=last, norm=norm)
