"""The pictures of a comparison: no word is crossed by a curve, cut by an edge or written over another."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from helpers import desks_result
from placement.core.comparison import ComparedPlan, Comparison, Recommendation
from placement.view.figures import drawing_settings
from placement.view.frontier import make_frontier
from placement.view.small_multiples import make_small_multiples, row_title

LONG = ("one more device on each of the floors of the building, and one in the yard", "Averyveryverylongname" * 4, "short")


def comparison_of(*labels: str, axis: str = "devices", chosen: int | None = None) -> Comparison:
    """Return a comparison of the same plan under these labels."""
    result = desks_result(radii_m=(8.0,))
    advice = None if chosen is None else Recommendation(chosen, "knee", "so")
    return Comparison("x", axis, tuple(ComparedPlan(label, result) for label in labels), advice)


@pytest.mark.parametrize("labels", [("5",), ("1", "2", "3")])
def test_words_of_the_frontier_stand_beside_it(labels: tuple[str, ...]) -> None:
    """The requirement and the ring are explained in the legend; no point lies on the edge, not even the only one."""
    with drawing_settings():
        figure = make_frontier(comparison_of(*labels, chosen=0))
    for axes in figure.axes:
        assert not axes.texts
        assert axes.dataLim.ymax < axes.get_ylim()[1]
    told = [{text.get_text() for text in axes.get_legend().get_texts()} for axes in figure.axes]
    assert [told[0] >= {"recommended"}, told[1] >= {"recommended", "required 8 m"}] == [True, True]


@pytest.mark.parametrize("labels", [LONG, LONG[:2], (*LONG, *LONG)])
def test_titles_of_small_maps_do_not_meet(labels: tuple[str, ...]) -> None:
    """However long the names of variants are: they are wrapped, and what does not go into two lines is left out."""
    with drawing_settings():
        figure = make_small_multiples(comparison_of(*labels, axis="variant", chosen=0))
        figure.canvas.draw()
    boxes = [axes._left_title.get_window_extent() for axes in figure.axes]
    boxes = [box for box in boxes if box.width > 1]
    assert len(boxes) == len(labels)
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert all(box.x1 <= figure.bbox.x1 for box in boxes)


def test_the_label_keeps_its_mark() -> None:
    """What is cut is the name, never what is said about it."""
    row = replace(comparison_of(LONG[0]).rows[0])
    lines = row_title(row, 30, " (recommended)").split("\n")
    assert len(lines) == 3
    assert lines[1].endswith("… (recommended)")
