"""Diagrams of how distances spread: what is drawn is what was measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from helpers import desks_result
from placement.view.spread import MOST_DEVICES, draw_device_spread, draw_spread, spread_height


def test_the_curve_is_the_share_of_points_within_a_distance() -> None:
    """It ends at all of them and the worst distance; with a point out of reach it ends below."""
    plan, axes = desks_result().plan, Figure().subplots()
    draw_spread(axes, plan)
    x, y = axes.lines[0].get_data()
    for distance in (1.0, 3.0, 5.0):
        assert y[np.searchsorted(x, distance, side="right") - 1] == pytest.approx(
            100 * (plan.service_distance <= distance).mean()
        )
    assert axes.lines[1].get_data() == ([plan.service_distance.max()], [100.0])
    lost = np.where(np.arange(100) == 3, np.inf, plan.service_distance)
    axes = Figure().subplots()
    draw_spread(axes, replace(plan, service_distance=lost))
    assert axes.lines[0].get_ydata()[-1] == pytest.approx(99)


def test_every_device_has_a_row() -> None:
    """In the order of the plan, from mean to worst, and the requirement as a line."""
    score, axes = desks_result(radii_m=(8.0,)).score, Figure().subplots()
    draw_device_spread(axes, score)
    assert [label.get_text() for label in axes.get_yticklabels()] == [one.id for one in score.devices]
    spans = [line.get_xdata() for line in axes.lines if len(line.get_xdata()) == 2 and line.get_linewidth() == 3]
    assert [list(span) for span in spans] == [[one.mean_m, one.max_m] for one in score.devices]
    assert any(line.get_label() == "required 8 m" for line in axes.lines)


def test_of_many_devices_the_worst_are_shown() -> None:
    """The title says how many were left out."""
    score, axes = desks_result(n=300, p=MOST_DEVICES + 5).score, Figure().subplots()
    draw_device_spread(axes, score)
    shown = {label.get_text() for label in axes.get_yticklabels()}
    worst = sorted(score.devices, key=lambda one: one.max_m or 0, reverse=True)[:MOST_DEVICES]
    assert shown == {one.id for one in worst}
    assert f"{MOST_DEVICES} of {MOST_DEVICES + 5}" in axes.get_title(loc="left")
    assert spread_height(score) < 12
