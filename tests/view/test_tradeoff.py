"""The picture of the front: a point for each plan, its number, the balanced one ringed."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from helpers import tiny_result
from placement.core.alternatives import FrontPlan, TradeOff
from placement.view.tradeoff import draw_tradeoff


def drawn(*figures: tuple[float, float], balanced: int, unit: str = "m"):
    plan = tiny_result().plan
    axes = Figure().subplots()
    draw_tradeoff(axes, TradeOff(tuple(FrontPlan("", plan, *each, None) for each in figures), balanced, ""), unit)
    return axes


def test_points_are_in_the_users_unit_and_numbered() -> None:
    """Three plans in km; the second is ringed and says so."""
    axes = drawn((1000, 900), (2000, 500), (3000, 400), balanced=1, unit="km")
    points, ring = (next(line for line in axes.lines if line.get_gid() == name) for name in ("front", "balanced"))
    assert list(points.get_xdata()) == [1.0, 2.0, 3.0]
    assert list(points.get_ydata()) == pytest.approx([0.9, 0.5, 0.4])
    assert (list(ring.get_xdata()), list(ring.get_ydata())) == ([2.0], [0.5])
    assert [text.get_text() for text in axes.texts] == ["1", "2 balanced", "3"]


def test_points_on_each_other_share_a_name() -> None:
    """The first two differ by a hundredth of the span."""
    axes = drawn((5, 9), (5.05, 8.97), (10, 6), balanced=2)
    assert [text.get_text() for text in axes.texts] == ["1, 2", "3 balanced"]


def test_a_single_plan_is_a_point() -> None:
    """A front of one has no span."""
    assert [text.get_text() for text in drawn((5, 9), balanced=0).texts] == ["1 balanced"]
