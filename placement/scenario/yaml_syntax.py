"""A YAML parser's complaint in words for somebody who does not know YAML's grammar."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from placement.errors import Fault


class Sentence(NamedTuple):
    """What to say when the parser says `words`; `at_start` points to where the broken part begins, not where it was noticed."""

    words: str
    problem: str
    fix: str
    at_start: bool = False


_TAB = Sentence(
    "", "a tab stands where spaces are expected", "indent with spaces; set your editor to insert spaces for the Tab key"
)

_SENTENCES = (
    Sentence(
        "mapping values are not allowed",
        "a second ': ' stands in this line",
        "put text that contains ': ' in quotes, or check the indentation",
    ),
    Sentence(
        "could not find expected ':'", "this line is no `key: value`", "write a colon and a space after the key", at_start=True
    ),
    Sentence(
        "',' or ']'",
        "the list that starts here is not closed, or a comma is missing in it",
        "check that each [ has its ]",
        at_start=True,
    ),
    Sentence(
        "',' or '}'",
        "the mapping that starts here is not closed, or a comma is missing in it",
        "check that each { has its }",
        at_start=True,
    ),
    Sentence("escape", "a backslash in double quotes starts an escape", "use single quotes, or write \\\\ for one backslash"),
    Sentence("quoted scalar", "the quote that starts here is not closed", "close the quote", at_start=True),
    Sentence("cannot start any token", "a word cannot start with this character", "put the text in quotes"),
    Sentence("alphabetic or numeric", "a word that starts with & or * is an anchor or alias in YAML", "put the text in quotes"),
    Sentence(
        "expected '-' indicator",
        "this line is not part of the list above",
        "start it with '- ', or indent it as its neighbours are",
    ),
    Sentence(
        "did not find expected key",
        "the indentation does not fit the lines above",
        "indent all keys of one mapping by the same number of spaces",
    ),
    Sentence(
        "block end", "the indentation does not fit the lines above", "indent all keys of one mapping by the same number of spaces"
    ),
    Sentence("document start", "text stands after the end of the scenario", "check the indentation of this line"),
    Sentence("tag", "a word that starts with ! is a tag in YAML", "put the text in quotes"),
)


def explain_syntax_error(error: yaml.YAMLError, text: str, file: str) -> Fault:
    """Return a fault for text that is not YAML.

    Parameters
    ----------
    error : yaml.YAMLError
        What the parser raised.
    text : str
        The whole text.
    file : str
        The file as the user named it.

    Returns
    -------
    Fault
        With line and column where the parser tells them, and the offending line.
    """
    said = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part)
    noticed: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.split("\n")
    if noticed is None:
        return Fault(file, None, None, "", said or "this is not YAML")
    written = lines[noticed.line] if noticed.line < len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Fault(file, noticed.line + 1, written.index("\t") + 1, "", _TAB.problem, value=written.strip()[:60], fix=_TAB.fix)
    sentence = next((one for one in _SENTENCES if one.words in said), Sentence("", f"this is not YAML: {said}", ""))
    mark: Any = (getattr(error, "context_mark", None) if sentence.at_start else None) or noticed
    written = lines[mark.line].strip() if mark.line < len(lines) else ""
    problem = sentence.problem if mark.line == noticed.line else f"{sentence.problem} (noticed in line {noticed.line + 1})"
    return Fault(file, mark.line + 1, mark.column + 1, "", problem, value=written[:60], fix=sentence.fix)
