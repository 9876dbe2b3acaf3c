"""Every objective keeps the same promises."""

from __future__ import annotations

import numpy as np
import pytest

from placement.objectives import OBJECTIVES

RNG = np.random.default_rng(5)
DISTANCE = RNG.random((12, 4)) * 20
WEIGHT = RNG.integers(1, 6, 12).astype(float)


@pytest.fixture(params=OBJECTIVES, ids=str)
def objective(request: pytest.FixtureRequest):
    return OBJECTIVES[request.param]()


def test_kind_is_the_word_in_the_yaml(objective) -> None:
    """The registry and the object agree, and the unit is stated."""
    assert OBJECTIVES[objective.kind] is type(objective)
    assert objective.unit in {"m", "m2"}


def test_nearer_is_never_worse(objective) -> None:
    """Shorter service distances do not raise the value; no distance is the best there is."""
    service = DISTANCE.min(axis=1)
    assert objective.value(WEIGHT, service * 0.5) <= objective.value(WEIGHT, service)
    assert objective.value(WEIGHT, np.zeros(12)) == 0


def test_weight_is_copies(objective) -> None:
    """A point of weight w counts as w points."""
    service = DISTANCE.min(axis=1)
    times = WEIGHT.astype(int)
    assert objective.value(WEIGHT, service) == pytest.approx(objective.value(np.ones(times.sum()), np.repeat(service, times)))


def test_order_does_not_matter(objective) -> None:
    """Shuffled points have the same value."""
    order = RNG.permutation(12)
    service = DISTANCE.min(axis=1)
    assert objective.value(WEIGHT[order], service[order]) == pytest.approx(objective.value(WEIGHT, service))


def test_cost_has_a_row_for_each_point(objective) -> None:
    """Shape (n, m), finite, nothing negative, inputs untouched."""
    before = DISTANCE.copy()
    cost = objective.cost(WEIGHT, DISTANCE)
    assert cost.shape == DISTANCE.shape
    assert np.isfinite(cost).all()
    assert (cost >= 0).all()
    assert np.array_equal(before, DISTANCE)
