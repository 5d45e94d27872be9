"""scikit-learn on Tensors, as it is with ``array_api_dispatch=True`` and SCIPY_ARRAY_API=1."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autodiff import GradientError, Tensor

from .agreement import Array, Case, beside, check, namespace

sklearn = pytest.importorskip("sklearn", "1.8")
from sklearn import metrics  # noqa: E402
from sklearn.covariance import empirical_covariance  # noqa: E402
from sklearn.decomposition import PCA  # noqa: E402
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis  # noqa: E402
from sklearn.exceptions import ConvergenceWarning  # noqa: E402
from sklearn.kernel_approximation import Nystroem  # noqa: E402
from sklearn.linear_model import Ridge, RidgeClassifier, RidgeCV, ridge_regression  # noqa: E402
from sklearn.metrics import pairwise  # noqa: E402
from sklearn.mixture import GaussianMixture  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402
from sklearn.naive_bayes import GaussianNB  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import (  # noqa: E402
    FunctionTransformer,
    KernelCenterer,
    MaxAbsScaler,
    MinMaxScaler,
    Normalizer,
    PolynomialFeatures,
    StandardScaler,
    maxabs_scale,
    minmax_scale,
    normalize,
)
from sklearn.utils.extmath import row_norms, softmax  # noqa: E402


@pytest.fixture(autouse=True)
def _dispatch() -> Iterator[None]:
    with sklearn.config_context(array_api_dispatch=True):
        yield


rng = np.random.default_rng(0)
X, NEW = rng.normal(size=(9, 3)), rng.normal(size=(4, 3))
GRID = np.linspace(0.2, 0.9, 27)
POSITIVE, SHIFTED = (rng.permutation(grid).reshape(9, 3) for grid in (GRID, GRID + 0.013))  # no two equal
TARGET, TARGETS = rng.normal(size=9), rng.normal(size=(9, 2))
LABELS = np.array([0, 1, 2] * 3)
WEIGHTS = POSITIVE[:, 0].copy()
ALPHA = np.array(0.7)

CASES: dict[str, Case] = {}


def scaler(make: Any, x: Any) -> tuple[Any, ...]:
    """What a scaler makes of its training data, and of other data there and back."""
    fitted = make.fit(x)
    new = beside(x, NEW)
    return fitted.transform(x), fitted.transform(new), fitted.inverse_transform(new)


def ridge(alpha: Any, x: Any, y: Any, **options: Any) -> tuple[Any, ...]:
    """The coefficients, and the prediction for other data."""
    model = Ridge(alpha=alpha, solver="svd", **options).fit(x, y)
    return model.coef_, model.predict(beside(y, NEW))


def principal(x: Any, **options: Any) -> tuple[Any, ...]:
    """All that a principal component analysis tells."""
    pca = PCA(2, **options).fit(x)
    new = beside(x, NEW)
    attributes = pca.components_, pca.explained_variance_, pca.explained_variance_ratio_, pca.singular_values_
    scores = pca.transform(new), pca.score_samples(new), pca.inverse_transform(pca.transform(new))
    return *attributes, *scores, pca.get_covariance(), pca.get_precision()


def discriminant(x: Any, labels: Array = LABELS, new: Any = None, **options: Any) -> tuple[Any, ...]:
    """The decisions of a linear discriminant analysis."""
    model = LinearDiscriminantAnalysis(**options).fit(x, beside(x, labels))
    new = beside(x, NEW) if new is None else new
    return model.decision_function(new), model.predict_proba(new), model.predict_log_proba(new)


def mixture(x: Any, covariance_type: str) -> GaussianMixture:
    """A mixture of two after three steps, from given means."""
    precisions = {
        "full": np.stack([np.eye(3), 2 * np.eye(3)]),
        "tied": np.eye(3),
        "diag": np.ones((2, 3)),
        "spherical": np.ones(2),
    }
    model = GaussianMixture(
        2,
        covariance_type=covariance_type,
        weights_init=beside(x, [0.4, 0.6]),
        means_init=beside(x, X[:2]),
        precisions_init=beside(x, precisions[covariance_type]),
        init_params="random_from_data",
        random_state=0,
        max_iter=3,
        tol=0.0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(x)


def known_mixture(means: Any) -> Any:
    """The score of a mixture whose parameters are set by hand."""
    model = GaussianMixture(2)
    model.n_features_in_ = 3
    model.weights_ = beside(means, [0.4, 0.6])
    model.means_ = means
    model.covariances_ = model.precisions_cholesky_ = beside(means, np.stack([np.eye(3), 2 * np.eye(3)]))
    return model.score_samples(beside(means, NEW))


def bayes(x: Any, new: Any) -> Any:
    """The prediction of a naive Bayes classifier."""
    return GaussianNB().fit(x, beside(x, LABELS)).predict_log_proba(new)


CASES |= {
    "StandardScaler": (lambda x: scaler(StandardScaler(), x), X),
    "StandardScaler without mean": (lambda x: scaler(StandardScaler(with_mean=False), x), X),
    "StandardScaler attributes": (
        lambda x: (s := StandardScaler().fit(x)) and (s.mean_, s.var_, s.scale_),
        X,
    ),
    "StandardScaler in parts": (
        lambda x: StandardScaler().partial_fit(x[:5, :]).partial_fit(x[5:, :]).transform(x),
        X,
    ),
    "StandardScaler weighted": (
        lambda x: StandardScaler().fit(x, sample_weight=beside(x, WEIGHTS)).transform(x),
        X,
    ),
    "StandardScaler by the weights": (
        lambda w: StandardScaler().fit(beside(w, X), sample_weight=w).transform(beside(w, X)),
        WEIGHTS,
    ),
    "MinMaxScaler": (lambda x: scaler(MinMaxScaler((-1, 2)), x), X),
    "MinMaxScaler clip": (lambda x: MinMaxScaler(clip=True).fit(x).transform(beside(x, NEW)), X),
    "MaxAbsScaler": (lambda x: scaler(MaxAbsScaler(), x), X),
    "minmax_scale": (lambda x: minmax_scale(x, axis=1), X),
    "maxabs_scale": (maxabs_scale, X),
    **{f"Normalizer {n}": (lambda x, n=n: Normalizer(n).fit_transform(x), X) for n in ("l1", "l2", "max")},
    "normalize": (lambda x: normalize(x, axis=0), X),
    "KernelCenterer": (lambda x: KernelCenterer().fit_transform(x @ x.T), X),
    "PolynomialFeatures": (lambda x: PolynomialFeatures(3).fit_transform(x), X),
    "PolynomialFeatures interaction": (
        lambda x: PolynomialFeatures(2, interaction_only=True, include_bias=False).fit_transform(x),
        X,
    ),
    "FunctionTransformer": (lambda x: FunctionTransformer(lambda z: z * z).fit_transform(x), X),
    "Ridge": (lambda x: ridge(0.7, x, beside(x, TARGET)), X),
    "Ridge by alpha": (lambda a: ridge(a, beside(a, X), beside(a, TARGET)), ALPHA),
    "Ridge by alphas": (lambda a: ridge(a, beside(a, X), beside(a, TARGETS)), np.array([0.7, 0.2])),
    "Ridge by alpha, no intercept": (
        lambda a: ridge(a, beside(a, X), beside(a, TARGET), fit_intercept=False),
        ALPHA,
    ),
    "Ridge by the targets": (lambda y: ridge(0.7, beside(y, X), y), TARGET),
    "Ridge by several targets": (lambda y: ridge(0.7, beside(y, X), y), TARGETS),
    "Ridge by the weights": (
        lambda w: Ridge(0.3, solver="svd").fit(beside(w, X), beside(w, TARGET), sample_weight=w).coef_,
        WEIGHTS,
    ),
    "ridge_regression": (
        lambda a: ridge_regression(beside(a, X), beside(a, TARGET), alpha=a, solver="svd"),
        ALPHA,
    ),
    "RidgeCV": (lambda y: RidgeCV(alphas=[0.1, 1.0]).fit(beside(y, X), y).coef_, TARGET),
    "RidgeClassifier": (
        lambda x: RidgeClassifier(solver="svd").fit(x, beside(x, LABELS)).decision_function(beside(x, NEW)),
        X,
    ),
    "PCA": (lambda x: principal(x, svd_solver="full"), X),
    "PCA by covariance": (lambda x: principal(x, svd_solver="covariance_eigh"), X),
    "PCA whitened": (lambda x: principal(x, svd_solver="full", whiten=True), X),
    "PCA by share": (lambda x: PCA(0.8, svd_solver="full").fit(x).transform(beside(x, NEW)), X),
    "LinearDiscriminantAnalysis": (discriminant, X),
    "LinearDiscriminantAnalysis of two": (lambda x: discriminant(x, LABELS > 0), X),
    "LinearDiscriminantAnalysis transform": (
        lambda x: LinearDiscriminantAnalysis(n_components=2).fit(x, beside(x, LABELS)).transform(beside(x, NEW)),
        X,
    ),
    "LinearDiscriminantAnalysis by new data": (lambda new: discriminant(beside(new, X), new=new), NEW),
    "LinearDiscriminantAnalysis by the priors": (
        lambda p: discriminant(beside(p, X), priors=p / namespace(p).sum(p)),
        POSITIVE[0],
    ),
    "GaussianNB": (lambda x: bayes(x, beside(x, NEW)), X),
    "GaussianNB by new data": (lambda new: bayes(beside(new, X), new), NEW),
    **{
        f"GaussianMixture {t}": (
            lambda x, t=t: (m := mixture(x, t)) and (m.score_samples(beside(x, NEW)), m.means_, m.covariances_),
            X,
        )
        for t in ("full", "tied", "diag", "spherical")
    },
    **{
        f"GaussianMixture {t} by new data": (
            lambda new, t=t: (m := mixture(beside(new, X), t)) and (m.score_samples(new), m.predict_proba(new)),
            NEW,
        )
        for t in ("full", "tied", "diag", "spherical")
    },
    "GaussianMixture by its means": (known_mixture, X[:2]),
    **{
        f"{n}_kernel": (lambda x, n=n: getattr(pairwise, f"{n}_kernel")(x, beside(x, SHIFTED)), POSITIVE)
        for n in ("linear", "polynomial", "rbf", "laplacian", "sigmoid", "additive_chi2", "chi2")
    },
    **{
        f"{n}_kernel of one": (lambda x, n=n: getattr(pairwise, f"{n}_kernel")(x), POSITIVE)
        for n in ("linear", "polynomial", "rbf", "sigmoid")
    },
    "cosine_similarity": (lambda x: pairwise.cosine_similarity(x, beside(x, NEW)), X),
    **{
        f"{n}_distances": (lambda x, n=n: getattr(pairwise, f"{n}_distances")(x, beside(x, SHIFTED)), POSITIVE)
        for n in ("euclidean", "cosine", "manhattan")
    },
    "euclidean_distances of one": (pairwise.euclidean_distances, X),
    **{
        f"paired_{n}_distances": (
            lambda x, n=n: getattr(pairwise, f"paired_{n}_distances")(x, beside(x, SHIFTED)),
            POSITIVE,
        )
        for n in ("euclidean", "cosine", "manhattan")
    },
    "pairwise_distances": (lambda x: metrics.pairwise_distances(x, beside(x, NEW), metric="euclidean"), X),
    "pairwise_kernels": (lambda x: pairwise.pairwise_kernels(x, beside(x, NEW), metric="rbf"), X),
    **{
        f"{n}, raw values": (
            lambda y, n=n: getattr(metrics, n)(beside(y, SHIFTED), y, multioutput="raw_values"),
            POSITIVE,
        )
        for n in (
            "mean_squared_error",
            "mean_absolute_error",
            "mean_absolute_percentage_error",
            "mean_squared_log_error",
            "root_mean_squared_error",
            "mean_pinball_loss",
            "r2_score",
            "explained_variance_score",
        )
    },
    "empirical_covariance": (empirical_covariance, X),
    "Nystroem": (lambda x: Nystroem(n_components=4, random_state=0).fit(x).transform(beside(x, NEW)), X),
    "pipeline": (
        lambda y: (
            make_pipeline(StandardScaler(), PCA(2, svd_solver="full"), Ridge(solver="svd"))
            .fit(beside(y, X), y)
            .predict(beside(y, NEW))
        ),
        TARGET,
    ),
    "pipeline by the data": (
        lambda x: (
            make_pipeline(StandardScaler(), PCA(2, svd_solver="full"), Ridge(solver="svd"))
            .fit(x, beside(x, TARGET))
            .predict(beside(x, NEW))
        ),
        X,
    ),
    "train_test_split": (lambda x: train_test_split(x, random_state=0), X),
    "extmath.softmax": (softmax, X),
    "extmath.row_norms": (row_norms, X),
}


# scikit-learn divides 0 by 0 and writes over the result; it silences the warning for NumPy's arrays alone. The distance
# of a row to itself is a kink, and written over, too.
@pytest.mark.filterwarnings("ignore:.*encountered in:RuntimeWarning")
@pytest.mark.parametrize("name", CASES)
def test_gradient(name: str) -> None:
    """Value as on arrays, gradient as by central differences."""
    check(*CASES[name])


LEAVE: dict[str, Case] = {
    "mean_squared_error": (lambda y: metrics.mean_squared_error(beside(y, TARGET), y), WEIGHTS),
    "confusion_matrix": (
        lambda w: metrics.confusion_matrix(beside(w, LABELS), beside(w, LABELS), sample_weight=w),
        WEIGHTS,
    ),
    "GaussianMixture.score": (lambda new: mixture(beside(new, X), "full").score(new), NEW),
    "pairwise_distances by SciPy": (lambda x: metrics.pairwise_distances(x, metric="sqeuclidean"), X),
}


@pytest.mark.parametrize("name", LEAVE)
def test_what_leaves_the_graph_says_so(name: str) -> None:
    """Compiled code, or a conversion to NumPy or a number, is an error that tells the way out, not a lost gradient."""
    call, x = LEAVE[name]
    with pytest.raises(GradientError, match=r"would cut .*\.detach\(\)"):
        call(Tensor(x, requires_grad=True))
