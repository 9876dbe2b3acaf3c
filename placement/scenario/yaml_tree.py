"""YAML text to a tree in which every node knows its place: line and column, counted from 1.

The tree is built from the parser's events, not by its loader: duplicate keys are caught, aliases are shared instead
of copied and counted before anything is expanded, and nothing here recurses on the user's nesting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from placement.errors import Fault, ScenarioError
from placement.scenario.scalars import Scalar, resolve_scalar
from placement.scenario.yaml_syntax import explain_syntax_error

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LARGEST_EXPANSION = 500_000
"""Nodes that a document may have once its aliases are written out; an inline list at its limit has a tenth."""

DEEPEST_NESTING = 50
"""Levels of lists and mappings inside each other; a scenario needs seven."""

LONGEST_EXCERPT = 60


@dataclass(slots=True)
class Node:
    """A scalar, list or mapping and where it starts; `size` and `depth` count what hangs below it."""

    kind: str
    line: int
    column: int
    origin: str = ""
    text: str = ""
    value: Scalar = None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Node, Node]] = field(default_factory=dict)
    size: int = 1
    depth: int = 1

    @property
    def excerpt(self) -> str:
        """What the node looks like, short enough for a message."""
        text = _flow(self) if self.size <= LONGEST_EXCERPT else ""
        if self.kind == "scalar" and len(text) > LONGEST_EXCERPT:
            return text[: LONGEST_EXCERPT - 1] + "…"
        if self.kind == "scalar" or 0 < len(text) <= LONGEST_EXCERPT:
            return text
        return f"a list of {len(self.items)}" if self.kind == "list" else f"a mapping of {len(self.entries)} keys"


def _flow(node: Node) -> str:
    if node.kind == "mapping":
        return "{" + ", ".join(f"{name}: {_flow(value)}" for name, (_, value) in node.entries.items()) + "}"
    return "[" + ", ".join(_flow(item) for item in node.items) + "]" if node.kind == "list" else node.text


def parse(text: str, file: str, origin: str = "") -> tuple[Node, list[Fault]]:
    """Read YAML text.

    Parameters
    ----------
    text : str
        The text.
    file : str
        The file as the user named it, for faults.
    origin : str
        Where the nodes come from when not from that file: the ``--set`` option.

    Returns
    -------
    root : Node
        The document; a scalar node with value None when the text is empty.
    faults : list of Fault
        Faults that leave the tree usable: duplicate keys, tags.

    Raises
    ------
    ScenarioError
        If the text is not one well-formed document of sensible size; carries one fault.
    """
    builder = _Builder(file, origin)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise ScenarioError([*builder.faults, explain_syntax_error(error, text, file)]) from None
    return builder.root or Node("scalar", 1, 1, origin), builder.faults


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read."""

    node: Node
    anchor: str | None
    key: Node | None = None


def _step(part: _Open) -> str:
    return f".{part.key.text}" if part.key is not None else f"[{len(part.node.items)}]"


@dataclass(slots=True)
class _Builder:
    file: str
    origin: str
    root: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _anchors: dict[str, Node] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        """Add one parser event to the tree."""
        if isinstance(event, yaml.ScalarEvent):
            self._note_tag(event)
            self._place(self._scalar(event), event.anchor)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._note_tag(event)
            self._open.append(
                _Open(self._node("mapping" if isinstance(event, yaml.MappingStartEvent) else "list", event), event.anchor)
            )
            self._check_size(self._open[-1].node, len(self._open))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self._open.pop()
            self._place(done.node, done.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._place(self._alias(event), None)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(
                self._node("scalar", event),
                "a second document starts here",
                fix="keep one scenario in a file; remove the line '---'",
            )

    def _node(self, kind: str, event: yaml.Event) -> Node:
        mark: Any = event.start_mark
        return Node(kind, mark.line + 1, mark.column + 1, self.origin)

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        node = self._node("scalar", event)
        is_plain = event.implicit[0]
        node.value = resolve_scalar(event.value) if is_plain else event.value
        node.text = event.value if is_plain else repr(event.value)
        return node

    def _alias(self, event: yaml.AliasEvent) -> Node:
        target = self._anchors.get(event.anchor or "")
        if target is None:
            is_inside = any(part.anchor == event.anchor for part in self._open)
            problem = "this alias stands inside its own anchor" if is_inside else "this alias has no anchor before it"
            self._stop(
                self._node("scalar", event),
                problem,
                value=f"*{event.anchor}",
                fix=f"put &{event.anchor} on the value to repeat, before this line; or quote a text that starts with *",
            )
        return target

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self.root = self.root or node
            return
        inside = self._open[-1]
        parent = inside.node
        if parent.kind == "list":
            parent.items.append(node)
        elif inside.key is None:
            inside.key = self._key(node)
            return
        else:
            self._enter(parent, inside.key, node)
            inside.key = None
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        self._check_size(parent, len(self._open) - 1 + parent.depth)

    def _key(self, node: Node) -> Node:
        if node.kind != "scalar":
            self._stop(
                node, "a key must be a word", value=node.excerpt, fix="write `key: value`; quote a value that starts with { or ["
            )
        if node.text == "<<":
            self._stop(node, "merge keys (<<) are not understood here", fix="write the keys out")
        return node

    def _enter(self, parent: Node, key: Node, node: Node) -> None:
        name = str(key.value) if isinstance(key.value, str) else key.text
        if name in parent.entries:
            first = parent.entries[name][0]
            self._add(
                key,
                f"the key '{name}' stands twice; the first is in line {first.line}",
                fix="remove or rename one of them",
                name=self._path(name),
            )
        else:
            parent.entries[name] = (key, node)

    def _path(self, name: str) -> str:
        steps = [_step(part) for part in self._open[:-1]]
        return "".join([*steps, f".{name}"]).removeprefix(".")

    def _note_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            node = self._node("scalar", event)
            self._add(
                node,
                "tags are not understood here",
                value=tag.replace("tag:yaml.org,2002:", "!!"),
                fix="remove the tag; put text in quotes",
            )

    def _check_size(self, node: Node, depth: int) -> None:
        if node.size > LARGEST_EXPANSION:
            self._stop(
                node,
                f"this grows to more than {LARGEST_EXPANSION:,} values once its aliases are written out",
                fix="keep large data in a file and name it with `file:`",
            )
        if depth > DEEPEST_NESTING:
            self._stop(
                node,
                f"lists and mappings are nested more than {DEEPEST_NESTING} deep",
                fix="look for a bracket that is not closed",
            )

    def _add(self, node: Node, problem: str, *, value: str = "", fix: str = "", name: str = "") -> None:
        self.faults.append(Fault(self.origin or self.file, *place_of(node), name, problem, value=value, fix=fix))

    def _stop(self, node: Node, problem: str, *, value: str = "", fix: str = "") -> NoReturn:
        self._add(node, problem, value=value, fix=fix)
        raise ScenarioError(self.faults)


def place_of(node: Node) -> tuple[int | None, int | None]:
    """Return the line and column of a node of the file; None and None for one that an option set."""
    return (None, None) if node.origin else (node.line, node.column)
