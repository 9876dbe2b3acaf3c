"""Milliseconds of a drag frame of the planner page: python benchmarks/bench_planner.py [--points 5000 50000] [--frames 60].

Headless Chromium drags a device in circles. A frame is all that the page does for one step of the finger: the move, the new
service of every point, all numbers, the map, the panel, and the layout that follows. The best frame says what the work costs, the
median what a busy machine makes of it; with --parts the parts are told too. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

import placement
from placement.writers.planner_html import planner_page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEVICES = 20
SIDE_M = 120.0

DRAG = """async ([frames, parts]) => {
  const { model, pointing, view, drawing, panel } = planner, device = model.devices[3], times = {}, taken = [];
  const timed = (of, name, label) => {
    const use = of[name].bind(of);
    times[label] = [];
    of[name] = (...given) => {
      const start = performance.now(), answer = use(...given);
      times[label].push(performance.now() - start);
      return answer;
    };
  };
  if (parts) {
    timed(model, 'move', 'move and score');
    timed(drawing, 'drawGround', 'bands');
    timed(drawing.points, 'draw', 'points');
    timed(drawing, 'draw', 'map in all');
    timed(panel, 'show', 'panel');
    timed(pointing, 'showHandles', 'handles');
  }
  const home = { x: device.x, y: device.y };
  pointing.grabbed = { j: 3, dx: 0, dy: 0, hasMoved: false };
  for (let k = 0; k < frames + 5; k++) {
    const angle = k / 7, far = (40 + k) / view.scale;
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    pointing.grabbed.to = { x: home.x + far * Math.cos(angle), y: home.y + far * Math.sin(angle) };
    pointing.follow();
    void document.body.offsetHeight;
    if (k >= 5) taken.push(performance.now() - start);
  }
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  return [['frame', taken], ...Object.entries(times)].map(([label, list]) => [label, median(list), list[0]]);
}"""


def page_of(n: int, folder: Path) -> Path:
    """Plan devices for n random points and write the page."""
    xy = np.random.default_rng(1).uniform(0, SIDE_M, (n, 2))
    np.savetxt(folder / "points.csv", xy, delimiter=",", header="x,y", comments="", fmt="%.3f")
    (folder / "drag.yaml").write_text(
        f"schema: 1\nname: Drag\ndemand: {{file: points.csv}}\ndevices: {{budget: {DEVICES}, radius: 20}}\n"
        "solver: {effort: fast, n_init: 1}\n",
        encoding="utf-8",
    )
    page = folder / f"{n}.html"
    page.write_text(planner_page(placement.place(placement.load_scenario(folder / "drag.yaml"))), encoding="utf-8")
    return page


def measure(browser: Any, page: Path, frames: int, *, parts: bool) -> None:
    """Drag in a page and print what a frame took."""
    seen = browser.new_page(viewport={"width": 1280, "height": 800})
    seen.goto(page.as_uri())
    seen.wait_for_function("() => globalThis.planner")
    for label, median, best in seen.evaluate(DRAG, [frames, parts]):
        print(f"| {int(page.stem):,} points, {DEVICES} devices: {label} | {median:.1f} | {best:.1f} |", flush=True)
    seen.close()


def main() -> None:
    """Measure and print a table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--parts", action="store_true", help="also the parts of a frame")
    asked = parser.parse_args()
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        # A container has no user namespaces to build the sandbox from; the pages are our own.
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        print("| drag | median frame [ms] | best frame [ms] |\n|---|---|---|")
        for n in asked.points:
            measure(browser, page_of(n, Path(folder)), asked.frames, parts=asked.parts)
        browser.close()


if __name__ == "__main__":
    main()
