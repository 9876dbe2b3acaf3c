"""Phrases of the report that a scenario gives: that their keys exist, and that what goes into them does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from placement.errors import Fault
from placement.phrases import ENGLISH, allowed_parts, languages, parts_of, phrases
from placement.scenario.hints import nearest
from placement.scenario.report_schema import TAG
from placement.scenario.tree import Loc, Tree
from placement.scenario.yaml_tree import parse

LARGEST = 1_000_000
"""Bytes of a file of phrases."""


def text_faults(texts: Mapping[object, object], tree: Tree, at: Loc = ()) -> Iterator[Fault]:
    """Yield a fault for each key that is no phrase, and for each part that does not go into its phrase.

    Parameters
    ----------
    texts : mapping
        Keys and phrases; any of them may be of a wrong type.
    tree : Tree
        Where they stand as written.
    at : tuple of str or int
        The place of the mapping in it.
    """
    for key, phrase in texts.items():
        if key not in phrases(ENGLISH):
            close = nearest(str(key), phrases(ENGLISH))
            fix = f"did you mean {close}?" if close else "place describe texts lists them all"
            yield tree.fault((*at, str(key)), "the report has no phrase of this key", value=str(key), fix=fix, at="key")
        elif isinstance(phrase, str):
            yield from _part_faults(str(key), phrase, tree, (*at, str(key)))


def _part_faults(key: str, phrase: str, tree: Tree, at: Loc) -> Iterator[Fault]:
    allowed = sorted(f"{{{part}}}" for part in allowed_parts(key)) or ["no part"]
    try:
        parts = parts_of(phrase)
    except ValueError:
        yield tree.fault(at, "a brace is not closed, or holds no name", allowed=", ".join(allowed), fix="write {{ for a brace")
        return
    for part in sorted(parts - allowed_parts(key)):
        close = nearest(part, allowed_parts(key))
        fix = f"did you mean {{{close}}}?" if close else ""
        yield tree.fault(at, f"nothing goes into this phrase as {{{part}}}", allowed=", ".join(allowed), fix=fix)


def language_faults(language: object, has_texts: bool, tree: Tree) -> Iterator[Fault]:
    """Yield a fault when the report would call English phrases another language."""
    is_tag = isinstance(language, str) and re.fullmatch(TAG, language)  # whatever is none is a fault of its own
    if is_tag and str(language).partition("-")[0] not in languages() and not has_texts:
        yield tree.fault(
            ("report", "language"),
            "no phrases of this language are shipped",
            allowed=", ".join(languages()),
            fix="give them as texts: FILE.yaml; place describe texts prints the English ones",
        )


def read_texts(path: Path) -> tuple[dict[str, str], list[Fault]]:
    """Read a YAML file of phrases.

    Parameters
    ----------
    path : Path
        A mapping of keys to phrases.

    Returns
    -------
    texts : dict
        The phrases; only to be used when there is no fault.
    faults : list of Fault
        At their lines in that file.

    Raises
    ------
    OSError
        If the file cannot be read.
    UnicodeDecodeError
        If it is not UTF-8 text.
    """
    if path.stat().st_size > LARGEST:
        return {}, [Fault(str(path), None, None, "", "a file of phrases is smaller than this", allowed="at most 1 MB")]
    root, faults = parse(path.read_text(encoding="utf-8-sig"), str(path))
    tree = Tree(str(path), root)
    data = tree.data()
    if not isinstance(data, dict):
        return {}, [*faults, Fault(str(path), 1, 1, "", "a mapping of keys to phrases is expected", fix="write key: phrase")]
    texts = {str(key): phrase for key, phrase in data.items() if isinstance(phrase, str)}
    others = [key for key, phrase in data.items() if not isinstance(phrase, str)]
    faults += [tree.fault((str(key),), "text is expected", fix="put it in quotes") for key in others]
    return texts, [*faults, *text_faults(data, tree)]
