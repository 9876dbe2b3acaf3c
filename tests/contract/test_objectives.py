"""Every objective keeps the same promises."""

from __future__ import annotations

import numpy as np
import pytest

from placement.objectives import OBJECTIVES

RNG = np.random.default_rng(5)
DISTANCE = RNG.random((12, 4)) * 20
WEIGHT = RNG.integers(1, 6, 12).astype(float)
NEEDS_RADIUS = ("max_cover", "set_cover")
SUMS = ("k_means", "p_median")
P = 4


@pytest.fixture(params=OBJECTIVES, ids=str)
def objective(request: pytest.FixtureRequest):
    return OBJECTIVES[request.param](**({"radius_m": 3.0} if request.param in NEEDS_RADIUS else {}))


def test_kind_is_the_word_in_the_yaml(objective) -> None:
    """The registry and the object agree; unit, sense and meaning are stated."""
    assert OBJECTIVES[objective.kind] is type(objective)
    assert objective.unit in {"m", "m2", "weight", "devices"}
    assert objective.sense in {"min", "max"}
    assert objective.meaning
    assert objective.n_serving == 1


def test_nearer_is_never_worse(objective) -> None:
    """Shorter service distances never make the value worse; no distance is the best there is."""
    service = DISTANCE.min(axis=1)
    sign = 1 if objective.sense == "min" else -1
    values = [sign * objective.value(WEIGHT, service * factor, P) for factor in (0.0, 0.5, 1.0)]
    assert values == sorted(values)
    best = {"set_cover": P, "max_cover": WEIGHT.sum()}.get(objective.kind, 0)
    assert objective.value(WEIGHT, np.zeros(12), P) == best


def test_weight_is_copies(objective) -> None:
    """A point of weight w counts as w points."""
    service = DISTANCE.min(axis=1)
    times = WEIGHT.astype(int)
    copies = objective.value(np.ones(times.sum()), np.repeat(service, times), P)
    assert objective.value(WEIGHT, service, P) == pytest.approx(copies)


def test_order_does_not_matter(objective) -> None:
    """Shuffled points have the same value."""
    order = RNG.permutation(12)
    service = DISTANCE.min(axis=1)
    assert objective.value(WEIGHT[order], service[order], P) == pytest.approx(objective.value(WEIGHT, service, P))


@pytest.mark.parametrize("kind", SUMS)
def test_cost_has_a_row_for_each_point(kind: str) -> None:
    """Shape (n, m), finite, nothing negative, inputs untouched; the cheapest costs add up to the value."""
    objective, before = OBJECTIVES[kind](), DISTANCE.copy()
    cost = objective.cost(WEIGHT, DISTANCE)
    assert cost.shape == DISTANCE.shape
    assert np.isfinite(cost).all()
    assert (cost >= 0).all()
    assert np.array_equal(before, DISTANCE)
    assert cost.min(axis=1).sum() == pytest.approx(objective.value(WEIGHT, DISTANCE.min(axis=1), P))
