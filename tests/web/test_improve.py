"""Improving a plan in the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from helpers import desks_result, floor_result
from placement.writers.planner_html import planner_document


def test_improve_makes_it_better_and_leaves_fixed_devices(visit: Callable[..., Any]) -> None:
    """From a spoilt plan the objective falls, and what is fixed has not moved."""
    seen = visit(floor_result(n_fixed=1))
    seen.drag(2, 150, 30)
    spoilt, held = seen.score()["value"], seen.devices()[0]
    seen.page.click("#improve")
    seen.page.wait_for_function(f"() => planner.model.score.value < {spoilt}")
    assert seen.devices()[0] == held
    places = np.array([(one["x"], one["y"]) for one in seen.devices()])
    assert floor_result().problem.domain.contains(places[1:]).all()
    seen.page.click("#improve")
    seen.page.wait_for_function("() => document.getElementById('hint').textContent.startsWith('No single move')")
    assert seen.page.evaluate("() => planner.model.past.length") == 2


def test_a_long_search_holds_nothing_up_and_can_be_stopped(visit: Callable[..., Any]) -> None:
    """While it runs the page lives and tells how far it is; Stop keeps the best so far, and that is one step to undo."""
    seen = visit(desks_result(n=8000, p=30))
    seen.drag(4, 200, 60)
    spoilt = seen.score()["value"]
    seen.page.evaluate(
        """() => {
          const note = planner.note.bind(planner), button = document.getElementById("improve");
          const log = (globalThis.log = { slices: 0, frames: 0, label: "", words: "" });
          const count = () => { log.frames += planner.improving.isRunning ? 1 : 0; requestAnimationFrame(count); };
          count();
          planner.note = (words) => {
            note(words);
            log.slices++;
            if (log.words || !/better so far, [1-9]\\d* moves? tried/.test(words)) return;
            Object.assign(log, { words, label: button.textContent });
            button.click();
          };
        }"""
    )
    seen.page.click("#improve")
    seen.page.wait_for_function("() => log.words && !planner.improving.isRunning")
    log = seen.page.evaluate("() => log")
    assert log["label"] == "Stop"
    assert min(log["slices"], log["frames"]) > 3
    assert seen.score()["value"] < spoilt
    assert "Stopped; the best so far is kept" in seen.page.locator("#hint").inner_text()
    assert seen.page.locator("#improve").inner_text() == "Improve from here"
    seen.page.click("#undo")
    assert seen.score()["value"] == pytest.approx(spoilt, rel=1e-12)


def test_a_change_of_the_plan_ends_the_search(visit: Callable[..., Any]) -> None:
    """Who drags a device while the page improves keeps what was dragged, and nothing else moves."""
    result = desks_result(n=8000, p=30)
    seen = visit(result)
    seen.page.click("#improve")
    seen.drag(3, 80, 40)
    seen.page.wait_for_function("() => !planner.improving.isRunning")
    moved = [j for j, one in enumerate(seen.devices()) if (one["x"], one["y"]) != tuple(result.plan.device_xy[j])]
    assert moved == [3]
    assert seen.page.evaluate("() => planner.model.past.length") == 1


def test_the_pace_changes_nothing(javascript: Callable[..., Any]) -> None:
    """Step by step or stopped after any number of them, the best so far only gets better, and the end is the same."""
    given = {"data": planner_document(desks_result(n=60, p=4))}
    body = """
    const model = new Model(given.data);
    model.move(1, 0, 0);
    const search = model.improvement(), costs = [search.best.cost[0]];
    for (const _ of search.run()) costs.push(search.best.cost[0]);
    const again = model.improvement();
    for (const _ of again.run());
    return { costs, same: JSON.stringify(again.best) === JSON.stringify(search.best), gain: search.gain };
    """
    found = javascript(body, given)
    assert found["same"]
    assert len(found["costs"]) > 50
    assert found["costs"] == sorted(found["costs"], reverse=True)
    assert found["gain"] == pytest.approx(1 - found["costs"][-1] / found["costs"][0])
