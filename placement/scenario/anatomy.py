"""Which part of the schema a place in a scenario belongs to: the keys allowed there and what they mean."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Tag

from placement.scenario.spec import Spec

Step = str | int


def is_tag(step: Step) -> bool:
    """Tell whether a step of pydantic's path is the tag of a union's form, which the user never wrote."""
    return isinstance(step, str) and step.startswith("<")


def annotation_at(spec: type[Spec], loc: Sequence[Step]) -> Any:
    """Return the type annotation at a place of `spec` given with its union tags; None where the schema has nothing."""
    annotation: Any = spec
    for step in loc:
        annotation = _child(annotation, step)
    return annotation


def keys_at(spec: type[Spec], loc: Sequence[Step]) -> dict[str, str]:
    """Return the keys allowed in the mapping at `loc` and the meaning of each; empty when it is no mapping."""
    model = _model(annotation_at(spec, loc))
    return dict(_keys(model)) if model else {}


def homes_of(spec: type[Spec], key: str) -> list[str]:
    """Return the dotted paths of the mappings of the top level in which `key` is allowed; "" is the top itself."""
    homes = [] if key not in dict(_keys(spec)) else [""]
    for name, _ in _keys(spec):
        model = _model(_child(spec, name))
        if model is not None and key in dict(_keys(model)):
            homes.append(name)
    return homes


def words_at(spec: type[Spec], loc: Sequence[Step]) -> list[str]:
    """Return the words that a literal at `loc` allows."""
    options = [_bare(option) for option in _options(annotation_at(spec, loc))]
    return [str(word) for option in options if get_origin(option) is Literal for word in get_args(option)]


def _keys(model: type[Spec]) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, field.description or ""


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _options(annotation: Any) -> tuple[Any, ...]:
    annotation = _bare(annotation)
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def _model(annotation: Any) -> type[Spec] | None:
    bare = [_bare(option) for option in _options(annotation)]
    return next((option for option in bare if isinstance(option, type) and issubclass(option, Spec)), None)


def _child(annotation: Any, step: Step) -> Any:
    if is_tag(step):
        return next(
            (option for option in _options(annotation) if Tag(str(step)) in getattr(option, "__metadata__", ())),
            _nested(annotation, step),
        )
    if isinstance(step, int):
        lists = [_bare(option) for option in _options(annotation) if get_origin(_bare(option)) is tuple]
        return get_args(lists[0])[0] if lists else None
    model = _model(annotation)
    fields = {} if model is None else {field.alias or name: field for name, field in model.model_fields.items()}
    return fields[step].annotation if step in fields else None


def _nested(annotation: Any, step: Step) -> Any:
    """Look for a tag one level down: an optional union is a union in a union."""
    inner = [option for option in _options(annotation) if len(_options(option)) > 1]
    return _child(inner[0], step) if inner else None
