"""The resolved scenario, cut where the page puts other devices in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from placement.core import Result, Sites

_KEY = re.compile(r"^  ([a-z_]+):", re.MULTILINE)


def scenario_parts(resolved_yaml: str) -> dict[str, Any]:
    r"""Return the text before the devices, each entry of the devices with its key, and the text after them.

    The canonical form is known: `devices` stands at the margin with its entries two spaces in, in block style.

    Examples
    --------
    >>> scenario_parts("a: 1\ndevices:\n  budget: 5\n  fixed: []\nb: 2\n")
    {'before': 'a: 1\n', 'devices': [['budget', '  budget: 5\n'], ['fixed', '  fixed: []\n']], 'after': 'b: 2\n'}
    """
    found = re.search(
        r"^devices:\n((?:[ ].*\n|\n)*)", resolved_yaml + ("" if resolved_yaml.endswith("\n") else "\n"), re.MULTILINE
    )
    if found is None:
        return {"before": resolved_yaml, "devices": [], "after": ""}
    body = found[1]
    starts = [match.start() for match in _KEY.finditer(body)]
    entries = [body[start:end] for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]
    devices = [[entry.split(":", 1)[0].strip(), entry] for entry in entries]
    return {"before": resolved_yaml[: found.start()], "devices": devices, "after": resolved_yaml[found.end() :]}


def given_devices(result: Result) -> dict[str, dict[str, Any]]:
    """Return by name what the scenario says of each fixed device besides its place."""
    fixed = result.problem.fixed
    return {name: {"extras": _extras(fixed, j)} for j, name in enumerate(fixed.ids)}


def _extras(sites: Sites, j: int) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if sites.capacity is not None and 0 < sites.capacity[j] < float("inf"):
        extras["capacity"] = float(sites.capacity[j])
    if sites.group is not None and sites.group[j]:
        extras["group"] = sites.group[j]
    return extras
