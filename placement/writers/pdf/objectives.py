"""What each objective is after, in a paragraph, and its formula in words for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from placement.writers.pdf.wording import length, percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from placement.core import Problem


class Purpose(NamedTuple):
    """The paragraph, the name of the formula in `template.typ` (empty for none), and the formula in words."""

    statement: str
    formula: str = ""
    in_words: str = ""


def purpose(problem: Problem) -> Purpose:
    """Return what the objective of a problem is after."""
    known = _PURPOSES.get(problem.objective.kind)
    if known is None:
        return Purpose(f"The objective is {problem.objective.kind}: {problem.objective.meaning}.")
    return known(problem)


def _k_means(problem: Problem) -> Purpose:
    statement = (
        "The k-means objective: the sum of weight times squared distance to the serving device, as small as it can be made. "
        "Squaring makes one long distance count more than several short ones, so far-off demand points pull devices to them."
    )
    if not problem.distance.is_straight:
        words = f"{_EACH} its weight w times its squared distance d, {_ADD_UP}"
        return Purpose(statement, "k_means_along", words)
    return Purpose(
        statement,
        "k_means",
        "In words: for every demand point i, take its weight w times the squared distance from its place x "
        "to the place c of its device a(i), and add them all up; make the sum as small as can be.",
    )


def _p_median(_problem: Problem) -> Purpose:
    return Purpose(
        "The p-median objective: the sum of weight times distance to the serving device, as small as it can be made. "
        "Divided by the total weight it is the mean distance: every metre counts the same, whoever has to go it.",
        "p_median",
        f"{_EACH} its weight w times its distance d to its device, {_ADD_UP}",
    )


def _p_center(problem: Problem) -> Purpose:
    objective: Any = problem.objective
    if objective.is_weighted:
        return Purpose(
            "The weighted p-center objective: the largest weight times distance to the serving device, as small as it can be "
            "made. A demand point of twice the weight may only be half as far away.",
            "p_center_weighted",
            f"{_EACH} its weight w times its distance d to its device, and make the largest of them as small as can be.",
        )
    return Purpose(
        "The p-center objective: the largest distance to the serving device, as small as it can be made. Weights do not "
        "matter: one person far away counts as much as ten. Of the plans found that share the largest distance, the one with "
        "the smaller mean is taken.",
        "p_center",
        f"{_EACH} its distance d to its device, and make the largest of them as small as can be.",
    )


def _max_cover(problem: Problem) -> Purpose:
    return Purpose(
        f"The maximal covering objective: the weight that has {_devices(problem)} within {_radius(problem)}, as large as it "
        "can be made. How far away the rest is does not matter.",
        "max_cover",
        f"In words: add up the weight w of every demand point i whose distance d to {_which(problem)} is at most the radius r; "
        "make the sum as large as can be.",
    )


def _set_cover(problem: Problem) -> Purpose:
    objective: Any = problem.objective
    whom = "every demand point" if objective.share == 1 else f"{percent(objective.share)} of the weight"
    return Purpose(
        f"The set covering objective: as few new devices as can be so that {whom} has {_devices(problem)} within "
        f"{_radius(problem)}. How far each is within the radius does not matter.",
        "set_cover",
        f"In words: make the number p of new devices as small as can be, so that the weight w of all demand points i whose "
        f"distance d to {_which(problem)} is at most the radius r is at least the share s of the total weight.",
    )


_EACH = "In words: for every demand point i, take"
_ADD_UP = "and add them all up; make the sum as small as can be."

_PURPOSES: dict[str, Callable[[Problem], Purpose]] = {
    "k_means": _k_means,
    "p_median": _p_median,
    "p_center": _p_center,
    "max_cover": _max_cover,
    "set_cover": _set_cover,
}


def _radius(problem: Problem) -> str:
    objective: Any = problem.objective
    return length(objective.radius_m, problem.frame.unit)


def _devices(problem: Problem) -> str:
    return "a device" if problem.objective.n_serving == 1 else "two devices"


def _which(problem: Problem) -> str:
    return "its nearest device" if problem.objective.n_serving == 1 else "its second nearest device"
