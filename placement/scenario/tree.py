"""Tree: the scenario as written, able to say where each of its values stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from placement.errors import Fault, ScenarioError
from placement.scenario.yaml_tree import Node, parse, place_of

Loc = tuple[str | int, ...]

KEPT_AS_WRITTEN = frozenset({"id", "name", "group", "demand", "device"})
"""Values of these keys are names: `id: 007` and `name: 2026` stay the text that the user wrote."""

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]|(\.)")


@dataclass(slots=True)
class Tree:
    """A parsed scenario file.

    Parameters
    ----------
    file : str
        The file as the user named it.
    root : Node
        Its top level.
    """

    file: str
    root: Node

    def data(self) -> object:
        """Return the scenario as plain dicts, lists and scalars, ready for validation."""
        return _plain(self.root, False)

    def find(self, loc: Sequence[str | int]) -> tuple[Node, Node | None, int]:
        """Walk along `loc` as far as the file goes.

        Parameters
        ----------
        loc : sequence of str or int
            Keys and list positions from the top.

        Returns
        -------
        node : Node
            The deepest node reached.
        key : Node or None
            The key in front of it; None at the top and in lists.
        depth : int
            How many steps of `loc` were taken.
        """
        node, key = self.root, None
        for depth, step in enumerate(loc):
            if isinstance(step, int) and step < len(node.items):
                node, key = node.items[step], None
            elif str(step) in node.entries:
                key, node = node.entries[str(step)]
            else:
                return node, key, depth
        return node, key, len(loc)

    def fault(
        self, loc: Loc, problem: str, *, value: str | None = None, allowed: str = "", fix: str = "", at: str = "value"
    ) -> Fault:
        """Return a fault at a place of the file.

        Parameters
        ----------
        loc : tuple of str or int
            Keys and list positions from the top; a key that is not in the file is pointed at through its parent.
        problem, allowed, fix : str
            As in `Fault`.
        value : str, optional
            The offending text; left out, it is the value at `loc` as written.
        at : {"value", "key"}
            Which of the two to point at.

        Returns
        -------
        Fault
            With line and column; for a value that ``--set`` gave, the file is that option.
        """
        node, key, depth = self.find(loc)
        is_there = depth == len(loc) or (node.kind == "scalar" and node.value is not None)
        if value is None:
            value = node.excerpt if is_there and at == "value" else ""
        if node.kind == "scalar":
            loc = loc[: depth if is_there else len(loc)]
        target = key if key is not None and (at == "key" or not is_there) else node
        return Fault(target.origin or self.file, *place_of(target), dotted(loc), problem, value=value, allowed=allowed, fix=fix)

    def override(self, option: str) -> list[Fault]:
        """Replace a value by an option ``key.path=value``; the value is YAML.

        Parameters
        ----------
        option : str
            Such as ``solver.seed=3`` or ``devices.fixed[0].x=2.5``.

        Returns
        -------
        list of Fault
            What is wrong with the option; empty when it was applied.
        """
        path, equals, text = option.partition("=")
        steps: list[str | int] = [int(index) if index else word for word, index, dot in _STEP.findall(path.strip()) if not dot]
        if not equals or not steps or _rebuild(steps) != path.strip():
            return [
                Fault(
                    "--set",
                    None,
                    None,
                    "",
                    "this is not key.path=value",
                    value=option,
                    fix="write for example --set solver.seed=3",
                )
            ]
        try:
            node, faults = parse(text, f"--set {path}", origin="--set")
        except ScenarioError as error:
            return list(error.faults)
        return faults or self._put(steps, node, option)

    def _put(self, steps: list[str | int], node: Node, option: str) -> list[Fault]:
        parent = self.root
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            child = node if following is None else Node("mapping", 0, 0, "--set")
            if isinstance(step, int):
                if step >= len(parent.items):
                    problem = f"there is no entry [{step}]; the list has {len(parent.items)}, counted from 0"
                    return [Fault("--set", None, None, dotted(steps), problem, value=option)]
                parent.items[step] = parent = child if following is None else parent.items[step]
                continue
            if parent.kind == "list":
                problem = f"a list stands here, which has no key '{step}'; its entries are [0], [1], ..."
                return [Fault("--set", None, None, dotted(steps), problem, value=option)]
            if parent.kind == "scalar":
                parent.kind, parent.origin = "mapping", "--set"
            key, old = parent.entries.get(step, (Node("scalar", 0, 0, "--set", text=step, value=step), None))
            child = old if old is not None and following is not None else child
            parent.entries[step] = (Node("scalar", 0, 0, "--set", text=step, value=step) if following is None else key, child)
            parent = child
        return []


def dotted(loc: Sequence[str | int]) -> str:
    """Return a path as people write it; list positions are counted from 0.

    Examples
    --------
    >>> dotted(("devices", "fixed", 0, "x"))
    'devices.fixed[0].x'
    """
    return _rebuild(loc)


def _rebuild(loc: Sequence[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).removeprefix(".")


def _plain(node: Node, is_name: bool) -> object:
    if node.kind == "mapping":
        return {name: _plain(value, name in KEPT_AS_WRITTEN) for name, (_, value) in node.entries.items()}
    if node.kind == "list":
        return [_plain(item, False) for item in node.items]
    is_plain_number = is_name and node.value is not None and not isinstance(node.value, str)
    return node.text if is_plain_number else node.value
