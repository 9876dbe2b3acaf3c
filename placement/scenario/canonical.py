"""A scenario as YAML text in one fixed form: the order of the schema, every default written out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from placement.scenario.scalars import resolve_scalar
from placement.scenario.spec import Spec


class _Dumper(yaml.SafeDumper):
    """Writes for a YAML 1.2 reader: text that would be read as a number there is quoted."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    needs_quotes = not isinstance(resolve_scalar(text), str) or text == "<<"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if needs_quotes else None)


_Dumper.add_representer(str, _represent_text)


RESOLVED_FILE = "scenario.resolved.yaml"
"""Name of the file that a run leaves beside its result, with every default written out."""

PATHS = frozenset({"file", "edges", "logo", "texts"})
"""Keys whose text is the name of a data file."""


def canonical_yaml(spec: Spec, file: str, paths: Mapping[str, str] | None = None) -> str:
    """Return a scenario in canonical form.

    Parameters
    ----------
    spec : Spec
        The valid scenario.
    file : str
        Name of the file it was written in, for the first line.
    paths : mapping of str to str, optional
        Names of data files and what to write in their place; the text is then for another folder.

    Returns
    -------
    str
        YAML that loads to an equal scenario when it stands in the folder of `file`; keys without a value are left out.
    """
    data = spec.model_dump(exclude_none=True, warnings=False)
    if paths is not None:
        data = _renamed(data, paths)
    body = yaml.dump(_lists(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=130)
    start = "the folder of that file" if paths is None else "this file"
    return f"{first_line(file)} Paths are relative to {start}.\n{body}"


def first_line(file: str) -> str:
    """Return how the canonical form of a scenario file begins.

    Examples
    --------
    >>> first_line("office.yaml")
    '# office.yaml with every default written out.'
    """
    return f"# {file} with every default written out."


def _renamed(value: Any, paths: Mapping[str, str]) -> Any:
    """Return the data with other names of data files."""
    if isinstance(value, dict):
        return {
            key: paths.get(part, part) if key in PATHS and isinstance(part, str) else _renamed(part, paths)
            for key, part in value.items()
        }
    return [_renamed(part, paths) for part in value] if isinstance(value, (list, tuple)) else value


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(part) for key, part in value.items()}
    return [_lists(part) for part in value] if isinstance(value, (list, tuple)) else value
