"""What a scenario may ask for, from the families themselves, so that the list cannot go stale."""

from __future__ import annotations

import json
from importlib import import_module

from placement.distances import DISTANCES
from placement.errors import PlacementError
from placement.objectives import OBJECTIVES
from placement.phrases import ENGLISH, phrases
from placement.readers import READERS
from placement.scenario.languages import LANGUAGES
from placement.writers import WRITERS


class UnknownFamilyError(PlacementError, KeyError):
    """There is no family of this name."""

    def __str__(self) -> str:
        return str(self.args[0])


def describe_family(name: str | None = None) -> str:
    """Return the choices of one family, or of all, one line each.

    Parameters
    ----------
    name : str, optional
        ``tasks``, ``objectives``, ``distances``, ``formats`` or ``reports``; all of them when left out. ``texts``: every phrase
        of the report by its key, as a YAML file that `report: {texts: FILE}` takes.

    Returns
    -------
    str
        A heading and ``word  meaning`` lines for each family.

    Raises
    ------
    UnknownFamilyError
        If there is no such family.
    """
    families = {
        "tasks": {word: _first_line(spec) for word, spec in LANGUAGES.items()},
        "objectives": {word: _first_line(kind) for word, kind in OBJECTIVES.items()},
        "distances": {word: _first_line(kind) for word, kind in DISTANCES.items()},
        "formats": {suffix: _first_line(import_module(module)) for suffix, module in READERS.items()},
        "reports": {word: _first_line(import_module(module)) for word, module in WRITERS.items()},
    }
    if name == "texts":
        return "\n".join(f"{_quoted(key)}: {_quoted(phrase)}" for key, phrase in phrases(ENGLISH).items())
    if name is not None and name not in families:
        raise UnknownFamilyError(f"no family {name!r}; there are {', '.join([*families, 'texts'])}")
    chosen = families if name is None else {name: families[name]}
    return "\n\n".join(_section(title, choices) for title, choices in chosen.items())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _section(title: str, choices: dict[str, str]) -> str:
    width = max(map(len, choices))
    return "\n".join([f"{title}:", *(f"  {word:<{width}}  {meaning}" for word, meaning in choices.items())])


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().split("\n")[0].replace("``", "")
