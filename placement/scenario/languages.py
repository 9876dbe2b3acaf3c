"""Which scenario language a file is written in: the word after `task:` says it, before anything else is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placement.errors import Fault
from placement.scenario.compress_schema import CompressSpec
from placement.scenario.hints import nearest
from placement.scenario.schema import ScenarioSpec
from placement.scenario.segment_schema import SegmentSpec
from placement.scenario.spec import TaskSpec
from placement.scenario.tree import Tree

LANGUAGES: dict[str, type[TaskSpec]] = {"place": ScenarioSpec, "segment": SegmentSpec, "compress": CompressSpec}
"""Word after `task:` to the keys that such a scenario has. To add a task: one line here, and one in `placement.jobs`."""


def language_of(data: Mapping[str, Any], tree: Tree) -> tuple[str | None, list[Fault]]:
    """Return the word of `LANGUAGES` that a scenario is written in.

    Parameters
    ----------
    data : mapping
        The scenario as plain values; `task` may be missing (it is ``place`` then), misspelt or of a wrong type.
    tree : Tree
        The same as written.

    Returns
    -------
    word : str or None
        Where the word is misspelt, the nearest spelling, so that the other faults are found too; None where no task is meant.
    faults : list of Fault
        One when the word is wrong.
    """
    word = data.get("task", "place")
    if isinstance(word, str) and word in LANGUAGES:
        return word, []
    close = nearest(str(word), LANGUAGES)
    problem = "unknown word" if isinstance(word, str) else "a word is expected"
    fix = f"did you mean {close}?" if close else ""
    return close or None, [tree.fault(("task",), problem, allowed=", ".join(LANGUAGES), fix=fix)]
