"""A headless Chromium to drive the planner page, and a way to run its modules alone; where neither is found tests skip."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from placement.core import Result
from placement.core.comparison import Comparison
from placement.writers.planner_html import compared_page, planner_page
from placement.writers.planner_html.page import script_text

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium once; skip where it or Playwright is missing."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        # A container has no user namespaces to build the sandbox from; the page under test is our own.
        chromium = driver.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield chromium
        chromium.close()


@pytest.fixture
def javascript(request: pytest.FixtureRequest) -> Callable[[str, Any], Any]:
    """Return a function that runs the body of a function of `given` beside the modules: in Node, else in Chromium."""
    node = shutil.which("node")

    def run(body: str, given: Any = None) -> Any:
        source = f"{script_text(start='')}\nconst given = {json.dumps(given)};\nconst answer = (() => {{ {body} }})();\n"
        if node:
            command = [node, "--input-type=module", "-"]
            script = f"{source}process.stdout.write(JSON.stringify(answer));"
            done = subprocess.run(command, input=script, capture_output=True, text=True, check=False, timeout=60)
            assert done.returncode == 0, done.stderr
            return json.loads(done.stdout)
        page = request.getfixturevalue("browser").new_page()
        try:
            return json.loads(page.evaluate(f"() => {{ {source} return JSON.stringify(answer); }}"))
        finally:
            page.close()

    return run


@dataclass
class Visit:
    """An open planner page, and everything that must not happen in it."""

    page: Any
    trouble: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note messages of the console, errors, violations of the policy and requests beyond the file itself."""
        self.page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on(
            "request", lambda one: None if one.url.startswith(("file:", "data:", "blob:")) else self.trouble.append(one.url)
        )

    def score(self) -> dict[str, Any]:
        """Return the numbers of the plan as the page has them."""
        return self.page.evaluate("() => { const {worst, ...score} = planner.model.score; return score; }")

    def devices(self) -> list[dict[str, Any]]:
        """Return the devices as the page has them."""
        return self.page.evaluate("() => planner.model.devices.map((device) => ({...device}))")

    def drag(self, j: int, dx: float, dy: float) -> None:
        """Drag device `j` by pixels."""
        box = self.page.locator(".handle").nth(j).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx / 2, y + dy / 2, steps=4)
        self.page.mouse.move(x + dx, y + dy, steps=4)
        self.page.mouse.up()

    def card(self, name: str) -> str:
        """Return the large number of a result card."""
        return self.page.locator(f'[data-card="{name}"] .big').inner_text()

    def download(self, button: str) -> Path:
        """Press an entry of the download menu and return the file that comes."""
        self.page.click("#download summary")
        with self.page.expect_download() as coming:
            self.page.click(f"#{button}")
        return Path(coming.value.path())


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens the page of a result or comparison; at the end nothing may have gone wrong in any."""
    visits: list[Visit] = []

    def go(shown: Result | Comparison, **context: Any) -> Visit:
        path = tmp_path / f"page{len(visits)}.html"
        path.write_text(compared_page(shown) if isinstance(shown, Comparison) else planner_page(shown), encoding="utf-8")
        page = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context}).new_page()
        visits.append(Visit(page))
        visits[-1].watch()
        page.goto(path.as_uri())
        page.wait_for_function("() => globalThis.planner")
        return visits[-1]

    yield go
    for one in visits:
        one.page.context.close()
        assert one.trouble == []
