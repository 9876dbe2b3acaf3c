"""What each objective is after, in a paragraph, and its formula in words for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from placement.core import Problem
    from placement.phrases import Words


class Purpose(NamedTuple):
    """The paragraph, the name of the formula in `template.typ` (empty for none), and the formula in words."""

    statement: str
    formula: str = ""
    in_words: str = ""


def purpose(problem: Problem, words: Words) -> Purpose:
    """Return what the objective of a problem is after, in the language of `words`."""
    objective: Any = problem.objective
    name = _name_of(problem)
    if not name:
        return Purpose(words("purpose.other", kind=objective.kind, meaning=objective.meaning))
    radius = words.length(objective.radius_m) if hasattr(objective, "radius_m") else ""
    whom = words("purpose.everybody")
    if getattr(objective, "share", 1.0) != 1:
        whom = words("purpose.share", share=words.percent(objective.share))
    backup = "" if objective.n_serving == 1 else "_backup"
    formula = words(f"formula.{name}{backup}")
    return Purpose(words(f"purpose.{_STATEMENTS.get(name, name)}{backup}", radius=radius, whom=whom), name, formula)


def _name_of(problem: Problem) -> str:
    """Return the name of the objective's formula in `template.typ`; empty for an objective that the report does not know."""
    kind = problem.objective.kind
    if kind == "k_means" and not problem.distance.is_straight:
        return "k_means_along"
    if kind == "p_center" and getattr(problem.objective, "is_weighted", False):
        return "p_center_weighted"
    return kind if kind in _KNOWN else ""


_KNOWN = ("k_means", "p_median", "p_center", "max_cover", "set_cover")

_STATEMENTS = {"k_means_along": "k_means"}
"""Formulas that share the paragraph of another."""
