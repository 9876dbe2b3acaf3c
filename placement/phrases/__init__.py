"""Phrases: what reports say, by keys, so that a scenario can say it in another language.

A file of `languages/` is one language; its name is the word after `language:`. English has every key; a phrase that another
language lacks is English there. To add a language: one file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING

from placement.phrases.numbers import NOTHING, amount, coordinate, length, percent
from placement.units import METRES_PER_UNIT, format_value

if TYPE_CHECKING:
    from placement.core import Result

ENGLISH = "en"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The phrases of one language, and its numbers, in the unit of one user.

    Parameters
    ----------
    texts : mapping of str to str
        Key to phrase; ``{name}`` in a phrase is where something goes in.
    unit : str
        Of lengths; a key of `placement.units.METRES_PER_UNIT`.

    Examples
    --------
    >>> german = Words({**phrases("de")}, "m")
    >>> german.length(1234.5), german.counted("noun.device", 2)
    ('1.234 m', '2 Geräte')
    """

    texts: Mapping[str, str]
    unit: str

    def __call__(self, key: str, /, **parts: str) -> str:
        """Return the phrase of a key with its parts filled in."""
        return self.texts[key].format(**parts)

    def counted(self, key: str, number: int, /, **parts: str) -> str:
        """Return the phrase ``key.one`` or ``key.many``, with the number as its part ``n``."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", n=self.number(number), **parts)

    def number(self, number: int) -> str:
        """Return a count with marks between thousands."""
        return self.local(f"{number:,}")

    def length(self, metres: float | None) -> str:
        """Return a length [m] in the user's unit, or a dash when there is none."""
        return self.local(length(metres, self.unit))

    def length_in_title(self, metres: float) -> str:
        """Return a length [m] as `length` does, number and unit held together: a title may not break between them."""
        return self.length(metres).replace(" ", "\N{NO-BREAK SPACE}")

    def coordinate(self, metres: float, unit: str) -> str:
        """Return a coordinate [m] as a bare number in `unit`."""
        return self.local(coordinate(metres, unit))

    def percent(self, share: float | None) -> str:
        """Return a share 0 to 1 as a percentage, or a dash when there is none."""
        if share is None:
            return NOTHING
        text = percent(share)
        under, _, rest = text.partition("under ")
        return self("number.under", share=self.local(rest)) if rest else self.local(under)

    def amount(self, weight: float) -> str:
        """Return a weight or a sum of money without needless decimals."""
        return self.local(amount(weight))

    def area(self, square_metres: float) -> str:
        """Return an area [m2] as a bare number in the square of the user's unit."""
        return self.local(f"{square_metres / METRES_PER_UNIT[self.unit] ** 2:,.1f}")

    def value(self, value: float, value_unit: str) -> str:
        """Return the value of an objective, whose own unit is `value_unit`."""
        if value_unit == "devices" and value == int(value):
            return self.counted("noun.device", int(value))
        return self.local(format_value(value, value_unit, self.unit))

    def retold(self, text: str, pieces: Iterable[tuple[str, str]]) -> str:
        """Return a text that others wrote in English with each known piece, a pattern, replaced by the phrase of its key."""
        for piece, key in pieces:
            text = re.sub(piece, self._filled(key), text)
        return text

    def _filled(self, key: str) -> Callable[[re.Match[str]], str]:
        return lambda found: self(key, **found.groupdict())

    def local(self, number: str) -> str:
        """Return a number, written with a decimal point and commas, with the marks of the language."""
        return number.translate({ord("."): self.texts["number.decimal"], ord(","): self.texts["number.group"]})


def words_of(result: Result) -> Words:
    """Return the words of a result's report: those of its language, and what the scenario says in their place."""
    look = result.source.presentation
    return _words(look.language, look.texts, result.problem.frame.unit)


def english(unit: str) -> Words:
    """Return the English words, lengths in `unit`."""
    return _words(ENGLISH, (), unit)


@lru_cache(maxsize=8)
def _words(language: str, texts: tuple[tuple[str, str], ...], unit: str) -> Words:
    spoken = phrases(language) if language in languages() else {}
    return Words({**phrases(ENGLISH), **spoken, **dict(texts)}, unit)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that there are, in the order of the alphabet."""
    folder = files(__package__).joinpath("languages")
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")))


@lru_cache(maxsize=4)
def phrases(language: str) -> Mapping[str, str]:
    """Return every phrase of a language by its key; in English these are all keys that there are.

    Raises
    ------
    ValueError
        If there is no such language.

    Examples
    --------
    >>> phrases("en")["Worst served"], phrases("de")["Worst served"]
    ('Worst served', 'Am schlechtesten versorgt')
    """
    import yaml

    if language not in languages():
        raise ValueError(f"no language {language!r}; there are {', '.join(languages())}")
    text = files(__package__).joinpath("languages", f"{language}.yaml").read_text(encoding="utf-8")
    read: dict[str, str] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return read


def allowed_parts(key: str) -> frozenset[str]:
    """Return the parts that may go into the phrase of a key: the English ones, each also with its own first letter.

    Examples
    --------
    >>> sorted(allowed_parts("verdict.missed"))
    ['asked', 'reached', 'what', 'what_begun_small']
    """
    parts = parts_of(phrases(ENGLISH)[key])
    return parts | {part.removesuffix("_begun_small") for part in parts}


def parts_of(phrase: str) -> frozenset[str]:
    """Return the names of the parts that go into a phrase.

    Raises
    ------
    ValueError
        If a brace is alone, or holds something other than a name.

    Examples
    --------
    >>> sorted(parts_of("{devices} for {served}."))
    ['devices', 'served']
    """
    found = set()
    for _, name, form, conversion in Formatter().parse(phrase):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(f"{{{name}}} is no name of a part; a brace that is meant is written twice")
        found.add(name)
    return frozenset(found)
