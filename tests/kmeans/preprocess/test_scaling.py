"""Scaling: each method by hand and beside scikit-learn, the way back, weights, level features."""

from __future__ import annotations

import numpy as np
import pytest

from placement.kmeans import KMeans
from placement.kmeans.preprocess import scale

METHODS = ["standard", "min-max", "robust"]


@pytest.fixture
def customers():
    """Return spend in the thousands and visits in the tens."""
    rng = np.random.default_rng(0)
    return np.column_stack([rng.gamma(2.0, 2000.0, 200), rng.poisson(12, 200)])


def test_each_method_by_hand():
    """0, 2, 4, 10 and a far 100: mean 23.2; range 100; median 4 and quartiles 2 and 10."""
    X = [[0.0], [2.0], [4.0], [10.0], [100.0]]
    standard, min_max, robust = (scale(X, method) for method in METHODS)
    assert standard.shift[0] == pytest.approx(23.2)
    assert standard.unit[0] == pytest.approx(np.std(X))
    assert (min_max.shift[0], min_max.unit[0]) == (0.0, 100.0)
    assert (robust.shift[0], robust.unit[0]) == (4.0, 8.0)


@pytest.mark.parametrize("method", METHODS)
def test_beside_scikit_learn(method, customers):
    """The same points; for "robust" their quartiles interpolate differently, so nearly."""
    module = pytest.importorskip("sklearn.preprocessing")
    theirs = {"standard": module.StandardScaler, "min-max": module.MinMaxScaler, "robust": module.RobustScaler}[method]()
    np.testing.assert_allclose(
        scale(customers, method).points, theirs.fit_transform(customers), atol=0.05 if method == "robust" else 1e-12
    )


@pytest.mark.parametrize("method", METHODS)
def test_centres_come_back_in_original_units(method, customers):
    """A centre found on the scale is, restored, the mean of its samples in euros and visits."""
    scaled = scale(customers, method)
    model = KMeans(3, tol=0, random_state=0).fit(scaled.points)
    for j, center in enumerate(scaled.restore(model.cluster_centers_)):
        np.testing.assert_allclose(center, customers[model.labels_ == j].mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(scaled.apply(customers), scaled.points, rtol=1e-12)
    np.testing.assert_allclose(scaled.restore(scaled.points), customers, rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_a_weight_is_so_many_copies(method, customers):
    """The same shift and unit; samples of weight 0 set no scale."""
    weights = np.random.default_rng(1).integers(0, 4, size=200)
    weighted = scale(customers, method, sample_weight=weights)
    copies = scale(np.repeat(customers, weights, axis=0), method)
    np.testing.assert_allclose(weighted.shift, copies.shift, rtol=1e-12)
    np.testing.assert_allclose(weighted.unit, copies.unit, rtol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_what_weighs_nothing_sets_no_scale(method):
    """The far sample of weight 0 is scaled like the others but sets nothing."""
    weighted = scale([[0.0], [5.0], [6.0], [1e6]], method, sample_weight=[1, 1, 1, 0])
    without = scale([[0.0], [5.0], [6.0]], method)
    np.testing.assert_allclose([weighted.shift, weighted.unit], [without.shift, without.unit])
    assert weighted.points.shape == (4, 1)


@pytest.mark.parametrize("method", METHODS)
def test_a_level_feature_becomes_zero(method):
    """It keeps its unit; also when its sum rounds (0.1 ten times)."""
    scaled = scale(np.full((10, 1), 0.1) + 4e6, method)
    assert scaled.unit.tolist() == [1.0]
    np.testing.assert_allclose(scaled.points, 0.0, atol=1e-8)


def test_one_outlier_moves_the_robust_scale_least(customers):
    """A spend of a billion changes the standard and min-max unit a thousandfold and the robust one by a hair."""
    with_outlier = np.vstack([customers, [1e9, 12.0]])
    growth = [scale(with_outlier, method).unit[0] / scale(customers, method).unit[0] for method in METHODS]
    assert growth[0] > 1000
    assert growth[1] > 1000
    assert growth[2] < 1.05


def test_what_is_refused(customers):
    """An unknown method, other features."""
    with pytest.raises(ValueError, match="method"):
        scale(customers, "guess")
    with pytest.raises(ValueError, match="3 features"):
        scale(customers).apply(np.ones((2, 3)))
    with pytest.raises(ValueError, match="1 features"):
        scale(customers).restore([[1.0]])
