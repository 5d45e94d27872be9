"""SciPy on Tensors, as it is with SCIPY_ARRAY_API=1 (set in tests/conftest.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autodiff import GradientError, Tensor

from .agreement import Array, Case, beside, check, namespace

pytest.importorskip("scipy", "1.17")
from scipy import differentiate, fft, integrate, linalg, optimize, signal, special, stats
from scipy.optimize import elementwise
from scipy.spatial import distance
from scipy.spatial.transform import RigidTransform, Rotation

rng = np.random.default_rng(0)


def spread(*shape: int) -> Array:
    """Positive numbers; they, and their distances, differ by more than the steps of the differences."""
    n = int(np.prod(shape))
    return rng.permutation(np.linspace(0.45, 0.95, n) ** 2).reshape(shape)


VECTOR, MATRIX, FIVE, LONG = spread(7), spread(4, 3), spread(5), spread(12)
REVERSED = VECTOR[::-1] ** 2 + 0.1
OTHER = rng.normal(size=(4, 3))
WEIGHTS = OTHER**2
TURNS = 0.7 * rng.normal(size=(3, 3))
MOTIONS = 0.5 * rng.normal(size=(2, 6))
QUATERNIONS = rng.normal(size=(2, 4))
NUMBER = np.array(0.7)

CASES: dict[str, Case] = {}


def functions(module: Any, names: str, x: Array, *others: Any, label: str = "", **options: Any) -> None:
    """One case for each of the names: ``module.name(x, *others, **options)``, arrays among `others` as those of x."""

    def caller(function: Callable[..., Any]) -> Callable[[Any], Any]:
        return lambda x: function(x, *[beside(x, o) if isinstance(o, np.ndarray) else o for o in others], **options)

    for name in names.split():
        CASES[" ".join([module.__name__.removeprefix("scipy."), name, label]).strip()] = (
            caller(getattr(module, name)),
            x,
        )


functions(special, "logsumexp softmax log_softmax", MATRIX)
functions(special, "logsumexp softmax log_softmax", MATRIX, axis=1, label="axis")
functions(special, "entr expit logit erf exp2 exp10 expm1 log1p log_expit sinc", VECTOR)
functions(special, "xlogy xlog1py rel_entr kl_div huber pseudo_huber boxcox boxcox1p", VECTOR, REVERSED)
functions(special, "inv_boxcox inv_boxcox1p", VECTOR, REVERSED)
functions(stats, "skew kurtosis zscore gzscore gmean hmean variation sem tmean tvar tstd tsem", LONG)
functions(stats, "tmin tmax iqr median_abs_deviation circmean circvar circstd", LONG)
functions(stats, "differential_entropy entropy kstat lmoment", LONG)
functions(
    stats, "skew kurtosis zscore gmean hmean variation sem iqr circmean describe entropy", MATRIX, axis=0, label="axis"
)
functions(stats, "skew kurtosis", MATRIX, axis=0, bias=False, label="unbiased")
functions(stats, "skew", MATRIX, axis=0, nan_policy="omit", label="omit")
functions(stats, "gmean hmean", MATRIX, axis=0, weights=None, label="weights")
functions(stats, "pmean", VECTOR, 2.5)
functions(stats, "pmean", MATRIX, -1, axis=0, label="axis")
functions(stats, "moment", MATRIX, [2, 3], axis=0)
functions(stats, "zmap", MATRIX, OTHER)
functions(stats, "entropy", VECTOR, REVERSED, label="relative")
functions(stats, "quantile", VECTOR, np.array([0.1, 0.5, 0.62]))
functions(stats, "trim_mean", LONG, 0.2)
functions(stats, "false_discovery_control", np.array([0.09, 0.6, 0.02, 0.16, 0.4, 0.05, 0.25]))
functions(fft, "fft ifft rfft irfft hfft ihfft fft2 ifft2 rfft2 irfft2 hfft2 ihfft2", MATRIX)
functions(fft, "fftn ifftn rfftn irfftn hfftn ihfftn fftshift ifftshift", MATRIX)
functions(fft, "fft ifft rfft irfft hfft ihfft", MATRIX, 5, axis=0, norm="ortho", label="options")
functions(fft, "fft2 ifft2 rfft2 fftn ifftn rfftn irfftn", MATRIX, norm="forward", axes=(1, 0), label="options")
functions(integrate, "trapezoid cumulative_trapezoid cumulative_simpson romb", spread(2, 5))
functions(integrate, "trapezoid cumulative_trapezoid", MATRIX, dx=0.3, axis=0, label="options")
functions(optimize, "rosen rosen_der rosen_hess", VECTOR)
functions(optimize, "rosen_hess_prod", VECTOR, VECTOR)
functions(signal, "fftconvolve oaconvolve", LONG, FIVE, mode="same")
functions(signal, "convolve correlate", LONG, FIVE, method="fft")
functions(signal, "hilbert envelope", LONG)
functions(signal, "resample", LONG, 8)
functions(signal, "freqz", FIVE, worN=8)


def integral(p: Any, f: Callable[[Any], Any], low: Any, high: Any, **options: Any) -> Any:
    """The integral of `f`, which contains `p`, over a box."""
    xp = namespace(p)
    return integrate.cubature(f, xp.asarray(low), xp.asarray(high), rtol=1e-10, atol=1e-12, **options).estimate


def area(p: Any, f: Callable[..., Any], low: float, high: float, **options: Any) -> Any:
    """The integral of ``f(x, p)``, for each entry of `p`."""
    return integrate.tanhsinh(f, beside(p, low), beside(p, high), args=(p,), **options).integral


def root(p: Any, f: Callable[..., Any], low: float, high: float) -> Any:
    """Where ``f(x, p)`` is 0, for each entry of `p`."""
    return elementwise.find_root(f, (beside(p, low), beside(p, high)), args=(p,)).x


def exp(x: Any) -> Any:
    """The exponential function of the library that x is from."""
    return namespace(x).exp(x)


CASES |= {
    "logsumexp b": (lambda x: special.logsumexp(x, axis=0, b=beside(x, WEIGHTS)), MATRIX),
    "logsumexp by b": (lambda b: special.logsumexp(beside(b, OTHER), b=b), MATRIX),
    "logsumexp sign": (lambda x: special.logsumexp(x, axis=0, b=beside(x, OTHER), return_sign=True), MATRIX),
    "logsumexp complex": (lambda x: special.logsumexp(x + 1j * beside(x, OTHER)), MATRIX),
    "gmean by weights": (lambda w: stats.gmean(beside(w, WEIGHTS), axis=0, weights=w), MATRIX),
    "quantile by p": (lambda p: stats.quantile(beside(p, LONG), p), VECTOR),
    "directional_stats": (lambda x: stats.directional_stats(x).mean_direction, MATRIX),
    "boxcox_llf": (lambda x: stats.boxcox_llf(0.7, x), VECTOR),
    "yeojohnson_llf": (lambda x: stats.yeojohnson_llf(0.7, x), VECTOR),
    "cubature": (
        lambda p: integral(
            p, lambda x: exp(-(x[:, 0] ** 2) * p[0]) * namespace(p).cos(x[:, 1] * p[1]), [0.0, 0.0], [1.0, 2.0]
        ),
        np.array([0.7, 1.3]),
    ),
    "cubature gk15": (
        lambda p: integral(p, lambda x: exp(-x[:, 0] * p) / (1 + x[:, 0]), [0.0], [1.0], rule="gk15"),
        NUMBER,
    ),
    "cubature genz-malik": (
        lambda p: integral(p, lambda x: exp(-x[:, 0] * p) * x[:, 1], [0.0, 0.0], [1.0, 2.0], rule="genz-malik"),
        NUMBER,
    ),
    "cubature infinite": (lambda p: integral(p, lambda x: exp(-(x[:, 0] ** 2) * p), [-np.inf], [np.inf]), NUMBER),
    "cubature of vectors": (
        lambda p: integral(p, lambda x, q: exp(-(x[:, :1] ** 2) * q[None, :]), [0.0], [1.0], args=(p,)),
        FIVE,
    ),
    "cubature by a limit": (
        lambda p: integrate.cubature(lambda x: exp(-(x[:, 0] ** 2)), beside(p, [0.0]), p, rtol=1e-10).estimate,
        np.array([0.7]),
    ),
    "tanhsinh": (lambda p: area(p, lambda x, q: exp(-x * q), 0.0, 1.0), VECTOR),
    "tanhsinh infinite": (lambda p: area(p, lambda x, q: exp(-x * x * q), -np.inf, np.inf, rtol=1e-13), VECTOR),
    "tanhsinh log": (lambda p: area(p, lambda x, q: -x * q, 0.0, 1.0, log=True), VECTOR),
    "tanhsinh by a limit": (
        lambda p: integrate.tanhsinh(lambda x: exp(-x * x), beside(p, 0.0), p).integral,
        VECTOR,
    ),
    "nsum": (
        lambda p: integrate.nsum(lambda k, q: exp(-k * q), beside(p, 1.0), beside(p, np.inf), args=(p,)).sum,
        VECTOR + 0.5,
    ),
    "nsum finite": (
        lambda p: integrate.nsum(lambda k, q: 1 / k**q, beside(p, 1.0), beside(p, 20.0), args=(p,)).sum,
        VECTOR + 0.5,
    ),
    "trapezoid by x": (
        lambda x: integrate.trapezoid(beside(x, FIVE), x=namespace(x).cumulative_sum(x)),
        spread(5),
    ),
    "cumulative_simpson by x": (
        lambda x: integrate.cumulative_simpson(beside(x, FIVE), x=namespace(x).cumulative_sum(x)),
        spread(5),
    ),
    "find_root": (lambda p: root(p, lambda x, q: x**3 - q, 0.0, 2.0), VECTOR),
    "find_root of a number": (lambda p: root(p, lambda x, q: exp(x) - q, -5.0, 2.0), NUMBER),
    "find_root of a closure": (
        lambda p: elementwise.find_root(lambda x: x**3 - p[0] * x - p[1], (beside(p, 0.5), beside(p, 3.0))).x,
        FIVE,
    ),
    "find_minimum": (
        lambda p: (
            elementwise.find_minimum(
                lambda x, q: (x - q) ** 2, (beside(p, -1.0), beside(p, 0.1), beside(p, 3.0)), args=(p,)
            ).x
        ),
        VECTOR,
    ),
    "bracket_root": (
        lambda p: elementwise.bracket_root(lambda x, q: x**3 - q, beside(p, 0.1), args=(p,)).f_bracket,
        VECTOR,
    ),
    "bracket_minimum": (
        lambda p: elementwise.bracket_minimum(lambda x, q: (x - q) ** 2, beside(p, 0.1), args=(p,)).f_bracket,
        VECTOR,
    ),
    "derivative": (lambda p: differentiate.derivative(lambda x, q: exp(x * q), beside(p, 0.3), args=(p,)).df, VECTOR),
    "jacobian": (
        lambda p: differentiate.jacobian(lambda x: namespace(p).stack([exp(x[0] * x[1]), x[0] * x[0]]), p).df,
        VECTOR[:2],
    ),
    "hessian": (lambda p: differentiate.hessian(lambda x: exp(x[0] * x[1]) + x[0] * x[0], p).ddf, VECTOR[:2]),
    "fftfreq": (lambda x: x * fft.fftfreq(7, d=0.1, xp=namespace(x)), VECTOR),
    "window": (lambda x: x * signal.windows.hann(7, xp=namespace(x)), VECTOR),
}

# Each of Rotation's ways in, and each way out.
CASES |= {
    f"Rotation {way}": case
    for way, case in {
        "from_quat": (lambda x: Rotation.from_quat(x).as_matrix(), QUATERNIONS),
        "from_rotvec": (lambda x: Rotation.from_rotvec(x).as_matrix(), TURNS),
        "from_rotvec of one": (lambda x: Rotation.from_rotvec(x).as_matrix(), TURNS[0]),
        "from_rotvec small": (lambda x: Rotation.from_rotvec(x).as_matrix(), np.array([1e-5, 2e-5, 0.0])),
        "from_mrp": (lambda x: Rotation.from_mrp(x).as_matrix(), TURNS),
        "from_euler": (lambda x: Rotation.from_euler("ZYX", x, degrees=True).as_matrix(), 30.0 * TURNS),
        "from_davenport": (lambda x: Rotation.from_davenport(beside(x, np.eye(3)), "e", x).as_matrix(), TURNS),
        "from_matrix": (lambda x: Rotation.from_matrix(1.0 * x).as_rotvec(), np.eye(3) + 0.1 * TURNS),
        "as_quat": (lambda x: Rotation.from_rotvec(x).as_quat(canonical=True, scalar_first=True), TURNS),
        "as_rotvec": (lambda x: Rotation.from_quat(x).as_rotvec(), QUATERNIONS),
        "as_mrp": (lambda x: Rotation.from_quat(x).as_mrp(), QUATERNIONS),
        "as_euler": (lambda x: Rotation.from_quat(x).as_euler("xyz"), QUATERNIONS),
        "as_davenport": (lambda x: Rotation.from_quat(x).as_davenport(beside(x, np.eye(3)), "e"), QUATERNIONS),
        "apply": (lambda x: Rotation.from_rotvec(x).apply(beside(x, TURNS)), TURNS),
        "apply by the vector": (lambda x: Rotation.from_rotvec(beside(x, TURNS)).apply(x, inverse=True), TURNS),
        "product": (lambda x: (Rotation.from_rotvec(x) * Rotation.from_mrp(x)).as_matrix(), TURNS),
        "inverse": (lambda x: Rotation.from_rotvec(x).inv().as_matrix(), TURNS),
        "power": (lambda x: (Rotation.from_rotvec(x) ** 2.5).as_matrix(), TURNS),
        "magnitude": (lambda x: Rotation.from_rotvec(x).magnitude(), TURNS),
        "mean": (lambda x: Rotation.from_rotvec(x).mean().as_matrix(), TURNS),
        "mean by weights": (lambda w: Rotation.from_rotvec(beside(w, TURNS)).mean(weights=w).as_matrix(), FIVE[:3]),
        "concatenate": (lambda x: Rotation.concatenate([Rotation.from_rotvec(x)] * 2)[1:].as_matrix(), TURNS),
        "align_vectors": (lambda x: Rotation.align_vectors(x, beside(x, OTHER[:3]))[0].as_matrix(), TURNS),
        "rigid matrix": (lambda x: RigidTransform.from_components(x, Rotation.from_rotvec(x)).as_matrix(), TURNS),
        "rigid apply": (lambda x: RigidTransform.from_exp_coords(x).apply(beside(x, TURNS[0])), MOTIONS),
        "rigid logarithm": (lambda x: RigidTransform.from_exp_coords(x).as_exp_coords(), MOTIONS),
        "rigid dual quaternion": (lambda x: RigidTransform.from_exp_coords(x).inv().as_dual_quat(), MOTIONS),
        "rigid product": (
            lambda x: (RigidTransform.from_exp_coords(x) * RigidTransform.from_exp_coords(0.5 * x)).as_matrix(),
            MOTIONS,
        ),
    }.items()
}


@pytest.mark.filterwarnings("ignore:.*encountered in:RuntimeWarning")  # at places that SciPy then writes over
@pytest.mark.parametrize("name", CASES)
def test_gradient(name: str) -> None:
    """Value as on arrays, gradient as by central differences."""
    check(*CASES[name])


LEAVE: dict[str, Case] = {
    "special.gammaln": (special.gammaln, VECTOR),
    "special.ndtr": (special.ndtr, VECTOR),
    "special.dawsn": (special.dawsn, VECTOR),
    "stats.ttest_1samp": (lambda x: stats.ttest_1samp(x, 0.3), VECTOR),
    "stats.norm.logpdf": (stats.norm.logpdf, VECTOR),
    "integrate.simpson": (integrate.simpson, FIVE),
    "integrate.quad_vec": (lambda p: integrate.quad_vec(lambda x: exp(-x * p), 0.0, 1.0), VECTOR),
    "linalg.inv": (linalg.inv, np.eye(2)),
    "fft.dct": (fft.dct, VECTOR),
    "signal.lfilter": (lambda x: signal.lfilter(beside(x, [0.2, 0.3]), beside(x, [1.0, -0.5]), x), VECTOR),
    "signal.convolve, method auto": (lambda x: signal.convolve(x, beside(x, FIVE)), LONG),
    "distance.cdist": (lambda x: distance.cdist(x, x), MATRIX),
}


@pytest.mark.parametrize("name", LEAVE)
def test_what_leaves_the_graph_says_so(name: str) -> None:
    """Compiled code, or a conversion to NumPy or a number, is an error that tells the way out, not a lost gradient."""
    call, x = LEAVE[name]
    with pytest.raises(GradientError, match=r"cut .*\.detach\(\)"):
        call(Tensor(x, requires_grad=True))
