"""One sentence in our own words for each way in which a value can fail the schema."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from placement.errors import Fault
from placement.scenario.anatomy import homes_of, is_tag, keys_at, words_at
from placement.scenario.hints import nearest, number_hint
from placement.scenario.scalars import read_number
from placement.scenario.spec import Spec
from placement.scenario.tree import Loc, Tree


@dataclass(frozen=True, slots=True)
class Wrong:
    """One of pydantic's errors: in which language, where (with union tags), the value, the limits it broke, pydantic's words."""

    spec: type[Spec]
    kind: str
    loc: Loc
    value: Any
    context: Mapping[str, Any]
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a fault; `at` tells whether to point at the key or the value, `value` replaces what stands there."""

    problem: str
    allowed: str = ""
    fix: str = ""
    at: str = "value"
    value: str | None = None


def faults_of(errors: Iterable[Mapping[str, Any]], tree: Tree, spec: type[Spec]) -> list[Fault]:
    """Return the faults for pydantic's errors.

    Parameters
    ----------
    errors : iterable of mapping
        ``ValidationError.errors()``.
    tree : Tree
        The scenario as written, for line and column.
    spec : type
        The language that it was checked against.

    Returns
    -------
    list of Fault
        In our own words, at the user's place. A key is not called missing where a misspelt one stands for it.
    """
    wrongs = [
        Wrong(spec, error["type"], error["loc"], error.get("input"), error.get("ctx", {}), error["msg"]) for error in errors
    ]
    meant = {(*wrong.loc[:-1], _meant(wrong)) for wrong in wrongs if wrong.kind == "extra_forbidden"}
    return [_fault(wrong, tree) for wrong in wrongs if wrong.kind != "missing" or wrong.loc not in meant]


def sorted_faults(faults: Sequence[Fault]) -> list[Fault]:
    """Return faults file by file, by line in each (those without a line after the others), ``--set`` last, each once."""
    files = list(dict.fromkeys(fault.file for fault in faults))
    return sorted(dict.fromkeys(faults), key=lambda fault: _order(fault, files))


def _order(fault: Fault, files: list[str]) -> tuple[bool, int, bool, int, int]:
    return fault.file == "--set", files.index(fault.file), fault.line is None, fault.line or 0, fault.column or 0


def _fault(wrong: Wrong, tree: Tree) -> Fault:
    say = _SENTENCES.get(wrong.kind, _other)
    sentence = say(wrong)
    loc: Loc = tuple(step for step in wrong.loc if not is_tag(step))
    return tree.fault(loc, sentence.problem, value=sentence.value, allowed=sentence.allowed, fix=sentence.fix, at=sentence.at)


def _meant(wrong: Wrong) -> str:
    return nearest(str(wrong.loc[-1]), keys_at(wrong.spec, wrong.loc[:-1]))


def _what_stands(value: object) -> str:
    if value is None:
        return "nothing stands here"
    if isinstance(value, bool):
        return f"{str(value).lower()} is a yes/no value"
    if isinstance(value, (list, tuple)):
        return "this is a list"
    if isinstance(value, Mapping):
        return "this is a mapping of keys"
    return "this is text" if isinstance(value, str) else "this is a number"


def _missing(wrong: Wrong) -> Sentence:
    key = wrong.loc[-1]
    if isinstance(key, int):
        return _pair(wrong)
    meaning = keys_at(wrong.spec, wrong.loc[:-1]).get(key, "").rstrip(".")
    return Sentence(f"the key '{key}' is missing", fix=f"add {key}: … ({meaning[:1].lower()}{meaning[1:]})", at="key", value="")


def _unknown_key(wrong: Wrong) -> Sentence:
    key, keys = str(wrong.loc[-1]), list(keys_at(wrong.spec, wrong.loc[:-1]))
    close = _meant(wrong)
    homes = [home for home in homes_of(wrong.spec, key) if home != wrong.loc[0]]
    fix = "remove it"
    if close:
        fix = f"did you mean {close}?"
    elif homes and sum(not is_tag(step) for step in wrong.loc) <= 2:  # noqa: PLR2004 - the top level and the mappings in it
        fix = f"it belongs under {homes[0]}:" if homes[0] else "it belongs at the top level"
    return Sentence("unknown key", ", ".join(keys), fix, at="key", value=key)


def _unknown_word(wrong: Wrong) -> Sentence:
    words = list(wrong.context.get("words", ())) or words_at(wrong.spec, wrong.loc)
    close = nearest(str(wrong.value), words)
    problem = "unknown word" if isinstance(wrong.value, str) else f"a word is expected, {_what_stands(wrong.value)}"
    if words == ["1"]:
        problem = "the version of the scenario language is 1"
    return Sentence(problem, ", ".join(words), f"did you mean {close}?" if close else "")


def _number(wrong: Wrong) -> Sentence:
    return _expected("a number", wrong)


def _yes_or_no(wrong: Wrong) -> Sentence:
    return Sentence(f"a yes/no value is expected, {_what_stands(wrong.value)}", "true, false")


def _whole_number(wrong: Wrong) -> Sentence:
    if isinstance(wrong.value, float) and not math.isfinite(wrong.value):
        return _not_finite(wrong)
    if isinstance(wrong.value, float):
        fix = f"write {wrong.value:.0f}" if wrong.value.is_integer() else ""
        return Sentence("a whole number is expected, this has a decimal point", fix=fix)
    return _expected("a whole number", wrong)


def _expected(what: str, wrong: Wrong) -> Sentence:
    fix = number_hint(wrong.value) if isinstance(wrong.value, str) else ""
    return Sentence(f"{what} is expected, {_what_stands(wrong.value)}", fix=fix)


def _range(words: str, name: str) -> Callable[[Wrong], Sentence]:
    return lambda wrong: Sentence(
        "the number is out of range",
        words.format(f"{wrong.context[name]:.15g}" if isinstance(wrong.context[name], float) else wrong.context[name]),
    )


def _not_finite(_wrong: Wrong) -> Sentence:
    return Sentence("the number is not finite", "an ordinary number")


def _text(wrong: Wrong) -> Sentence:
    value = wrong.value
    if wrong.loc == ("crs",) and isinstance(value, int) and not isinstance(value, bool):
        return Sentence("text is expected, this is a number", fix=f"write EPSG:{value}")
    is_scalar = isinstance(value, (bool, int, float))
    return Sentence(f"text is expected, {_what_stands(value)}", fix="put it in quotes" if is_scalar else "")


def _pattern(wrong: Wrong) -> Sentence:
    if "dxf" in wrong.context["pattern"] and wrong.value.strip():
        return Sentence("this is not the name of a DXF drawing", "a file whose name ends in .dxf", "save the plan as DXF")
    if "png" in wrong.context["pattern"] and wrong.value.strip():
        return Sentence("this is not the name of a picture", "a file whose name ends in .png or .svg")
    if "A-Z" in wrong.context["pattern"] and wrong.value.strip():
        from placement.phrases import languages

        return Sentence(
            "this is not the tag of a language", f"{', '.join(languages())}, or with texts another such as fr or pt-BR"
        )
    return Sentence("the text is empty", value="''")


def _list(wrong: Wrong) -> Sentence:
    if wrong.loc[:2] == ("devices", "forbidden") or "outline" in wrong.loc:
        return _polygon(wrong)
    is_single = isinstance(wrong.value, (str, int, float)) and not isinstance(wrong.value, bool)
    return Sentence(
        f"a list is expected, {_what_stands(wrong.value)}", fix=f"put it in brackets: [{wrong.value}]" if is_single else ""
    )


def _polygon(wrong: Wrong) -> Sentence:
    is_outline = "outline" in wrong.loc
    n_steps = len(wrong.loc) - wrong.loc.index("outline" if is_outline else "<list>")
    if n_steps == (1 if is_outline else 2):
        return Sentence(f"a polygon is expected, {_what_stands(wrong.value)}", "[[x, y], [x, y], [x, y], …]")
    fix = "" if is_outline else "put one more pair of brackets around each polygon"
    return Sentence(f"a corner is expected, {_what_stands(wrong.value)}", "[x, y]", fix)


def _mapping(wrong: Wrong) -> Sentence:
    keys = keys_at(wrong.spec, wrong.loc)
    fix = f"add keys under it, such as {next(iter(keys))}:" if wrong.value is None and keys else ""
    return Sentence(f"a mapping of keys is expected, {_what_stands(wrong.value)}", ", ".join(keys), fix)


def _union(wrong: Wrong) -> Sentence:
    if wrong.loc == ("table",):
        is_name = isinstance(wrong.value, str) and wrong.value.strip()
        fix = f"write {{file: {wrong.value}, features: [...]}}" if is_name else ""
        return Sentence(f"a table is expected, {_what_stands(wrong.value)}", "{file: …, features: […]} or {generate: …}", fix)
    is_path = isinstance(wrong.value, str) and read_number(wrong.value) is None
    item = "[[x, y], …]" if wrong.loc[-1] == "forbidden" else "{x: 1, y: 2}"
    fix = f"write {{file: {wrong.value}}}" if is_path else ""
    return Sentence(f"a list or a file is expected, {_what_stands(wrong.value)}", f"[{item}, …] or {{file: …}}", fix)


def _pair(_wrong: Wrong) -> Sentence:
    return Sentence("a corner has two numbers", "[x, y]")


def _own(wrong: Wrong) -> Sentence:
    return Sentence(wrong.context["problem"], wrong.context["allowed"], wrong.context["fix"])


def _other(wrong: Wrong) -> Sentence:
    return Sentence(wrong.words[:1].lower() + wrong.words[1:])


_SENTENCES: dict[str, Callable[[Wrong], Sentence]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _unknown_word,
    "word": _unknown_word,
    "bool_type": _yes_or_no,
    "float_type": _number,
    "int_type": _whole_number,
    "finite_number": _not_finite,
    "greater_than": _range("above {}", "gt"),
    "greater_than_equal": _range("{} or more", "ge"),
    "less_than_equal": _range("{} or less", "le"),
    "string_type": _text,
    "string_pattern_mismatch": _pattern,
    "tuple_type": _list,
    "model_type": _mapping,
    "dict_type": _mapping,
    "union_tag_not_found": _union,
    "too_long": _pair,
    "place": _own,
}
