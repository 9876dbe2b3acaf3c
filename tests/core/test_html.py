"""Values in a notebook: the main numbers in plain tables, every text escaped, well-formed."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from helpers import desks_result, tiny_result
from placement.core.comparison import ComparedPlan, Comparison, Recommendation
from placement.core.html import MOST_ROWS, html_table


def cells(html: str) -> list[list[str]]:
    """Return the rows of all tables; what is not well-formed raises."""
    page = ET.fromstring(f"<div>{html}</div>")  # noqa: S314 - our own text
    return [["".join(cell.itertext()) for cell in row] for row in page.iter("tr")]


def as_facts(html: str) -> dict[str, str]:
    """Return the rows of two cells by their names."""
    return {row[0]: row[1] for row in cells(html) if len(row) > 1}


def test_texts_are_escaped() -> None:
    """Names come from users."""
    assert "<script>" not in html_table("<script>", ("<script>",), [("<script>", "a & b")])
    bad = replace(tiny_result(), warnings=("<img src=x onerror=alert(1)>",))
    bad = replace(bad, source=replace(bad.source, name="a < b"))
    assert "<img" not in bad._repr_html_()
    assert "a &lt; b" in bad._repr_html_()


def test_long_tables_are_cut() -> None:
    """The rest is counted."""
    rows = cells(html_table("many", (), [(str(k), "") for k in range(MOST_ROWS + 3)]))
    assert len(rows) == MOST_ROWS + 1
    assert rows[-1] == ["and 3 more"]


def test_a_plan_shows_its_devices() -> None:
    """One row a device with the points that it serves, and the objective."""
    plan = tiny_result().plan
    rows = cells(plan._repr_html_())
    assert [row[0] for row in rows if row[0] in plan.device_ids] == list(plan.device_ids)
    assert sum(int(row[4]) for row in rows if row[0] in plan.device_ids) == len(plan.assignment)
    assert as_facts(plan._repr_html_())["status"] == "feasible"


def test_what_nobody_can_reach_is_a_dash() -> None:
    """An infinite distance has no length, an infinite value no number."""
    plan = tiny_result().plan
    lost = replace(plan, service_distance=plan.service_distance + float("inf"), value=float("inf"))
    facts = as_facts(lost._repr_html_())
    assert (facts["objective"], facts["worst distance"]) == ("-", "-")
    assert as_facts(replace(tiny_result(), plan=lost)._repr_html_())["gap"] == "-"


def test_a_score_shows_its_distances_and_coverage() -> None:
    """Worst and mean as in the score; a row a radius; unreachable points only when there are some."""
    score = desks_result(radii_m=(8.0,)).score
    facts = as_facts(score._repr_html_())
    assert facts["worst distance"] == f"{score.max_m:.2f} m"
    assert facts["within 8.00 m"] == f"{100 * score.coverage[0].share:.1f} %"
    assert "not served" not in facts
    assert as_facts(replace(score, unreachable=2)._repr_html_())["not served"] == "2"


def test_a_result_shows_question_and_answer() -> None:
    """Its score is among its rows."""
    result = desks_result()
    facts = as_facts(result._repr_html_())
    assert (facts["demand points"], facts["devices"]) == ("100", "5")
    assert facts.items() >= as_facts(result.score._repr_html_()).items()


@pytest.mark.parametrize("advice", [None, Recommendation(1, "knee", "it bends")])
def test_a_comparison_marks_what_it_recommends(advice: Recommendation | None) -> None:
    """A row each, the recommended one marked, the reason in the caption."""
    rows = tuple(ComparedPlan(str(k), tiny_result()) for k in (1, 2))
    html = Comparison("Line", "devices", rows, advice)._repr_html_()
    assert [row[-1] for row in cells(html)[1:]] == ["", "recommended" if advice else ""]
    assert ("it bends (knee)" in html) == (advice is not None)


@pytest.mark.parametrize(("bound", "text"), [(8.0, "0 %"), (7.0, "12 %"), (8.0 - 1e-6, "0 %"), (None, "-")])
def test_a_gap_reads_the_same_everywhere(bound: float | None, text: str) -> None:
    """On a plan, on its result, and in the rows of a comparison; no other word for none."""
    result = tiny_result()
    result = replace(result, plan=replace(result.plan, value=8.0, bound=bound))
    assert as_facts(result.plan._repr_html_())["gap"] == as_facts(result._repr_html_())["gap"] == text
    row = ComparedPlan(label="2", result=result)
    assert Comparison(name="x", axis="devices", rows=(row,))._repr_html_().count(f"<td>{text}</td>") >= 1
