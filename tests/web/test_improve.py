"""Improving a plan in the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers import floor_result


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
