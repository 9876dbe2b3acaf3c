"""One file out of many: template, style, modules and data, and the policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from importlib.resources import files
from typing import Any

MODULES = (
    "geometry", "scoring", "improve", "model", "format", "files", "looks", "view", "stamps", "points", "drawing", "chart",
    "budget", "panel", "about", "scheme", "improving", "search", "pointing", "planner",
)  # fmt: skip
"""The page's modules, each after those that it imports."""

START = 'globalThis.planner = open(JSON.parse(document.getElementById("plan-data").textContent));\n'
"""What the page does once its modules are read."""

EMBEDDED = "embedded"
"""The module that a page inside a notebook has as well; no other page talks to the window around it."""

START_EMBEDDED = f"{START}tellParent(globalThis.planner);\n"
_IMPORT = re.compile(r'^import .* from "\./\w+\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


def page_html(document: dict[str, Any], script: str) -> str:
    """Return the page that shows `document`.

    Parameters
    ----------
    document : dict
        From `planner_document` or `compared_document`.
    script : str
        From `script_text`.

    Returns
    -------
    str
        HTML. Scripts and styles run by their hash only, and nothing may be loaded: ``default-src 'none'``.
    """
    style = web_file("planner.css")
    policy = "; ".join(
        [
            "default-src 'none'", f"script-src 'sha256-{_digest(script)}'", f"style-src 'sha256-{_digest(style)}'",
            "img-src data:", "base-uri 'none'", "form-action 'none'",
        ]
    )  # fmt: skip
    parts = {
        "CSP": policy,
        "TITLE": html.escape(document["title"]),
        "STYLE": style,
        "SCRIPT": script,
        "DATA": json_block(document),
    }
    # One pass: what is filled in is never looked at again, whatever a name holds.
    return re.sub(r"%([A-Z]+)%", lambda found: parts[found[1]], web_file("template.html"))


def script_text(start: str = START, modules: tuple[str, ...] = MODULES) -> str:
    """Return `modules` as the one that the page runs, without imports and exports, in their order; then `start`."""
    return "".join(_EXPORT.sub("", _IMPORT.sub("", web_file(f"{name}.js"))) for name in modules) + start


def json_block(document: dict[str, Any]) -> str:
    r"""Return JSON that can stand inside a script element: no ``<``, ``>`` or ``&`` ends it early, and no NaN.

    Examples
    --------
    >>> json_block({"id": "</script>"})
    '{"id":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def web_file(name: str) -> str:
    """Return the text of a file of `placement/web/`."""
    # Newlines of a checkout on Windows would change the bytes of the page.
    return files("placement").joinpath("web", name).read_text(encoding="utf-8").replace("\r\n", "\n")
