"""What the report says in words: summary, how sure it is, method and assumptions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from placement.phrases import Words, words_of
from placement.view.quality import proof, reached, spoken_scope
from placement.writers.pdf.rules import is_nearest, rules
from placement.writers.pdf.wording import begun_small, sentence, shortened

if TYPE_CHECKING:
    from placement.core import Problem, Result

_NAME_LETTERS = 40

_MEANINGS = (
    (r"^straight line$", "distance.straight"),
    (r"^the distance in the table of the scenario$", "distance.table"),
    (r"^the distance in (?P<file>.+)$", "distance.table_file"),
    (r"^the shortest path along the network of the scenario$", "distance.network"),
    (r"^the shortest path along the network in (?P<file>.+)$", "distance.network_file"),
)


def is_weighted(problem: Problem) -> bool:
    """Tell whether some demand point counts more than another."""
    weight = problem.demand.weight
    return bool(np.any(weight != weight[0]))


def is_planned(result: Result) -> bool:
    """Tell whether a device was placed, or all of them stand already and were only scored."""
    return result.plan.n_new > 0


def distance_in_words(result: Result) -> str:
    """Return what distance means."""
    return words_of(result).retold(result.problem.distance.meaning, _MEANINGS)


def summary(result: Result) -> list[str]:
    """Return the summary's paragraphs: the task and the result; how sure it is."""
    return [f"{_task(result)} {_outcome(result)}", f"{certainty(result)} {_warned(result)}".strip()]


def _task(result: Result) -> str:
    problem, plan, words = result.problem, result.plan, words_of(result)
    served = words.counted("noun.point", problem.demand.n)
    if is_weighted(problem):
        served = words("summary.served.weighted", points=served, weight=words.amount(problem.demand.total_weight))
    kinds = Counter(plan.device_status)
    placed = kinds["new"] + kinds["candidate"]
    if not placed:
        return words.counted("summary.standing", plan.p, served=served)
    where = words("summary.anywhere" if problem.domain.free is None else "summary.free_space")
    if problem.candidates is not None:
        where = words("summary.sites", sites=words.counted("noun.site", problem.candidates.n_places))
    beside = words("summary.beside", devices=words.counted("noun.device", kinds["fixed"])) if kinds["fixed"] else ""
    return words("summary.task", devices=words.counted("noun.device", placed), where=where, beside=beside, served=served)


def _outcome(result: Result) -> str:
    score, words = result.score, words_of(result)
    nearest, weighted = "nearest" if is_nearest(result) else "serving", ".weighted" * is_weighted(result.problem)
    far = score.worst[0] if score.worst else None
    who = words("summary.who", point=_named(far.demand), device=_named(far.device)) if far else ""
    mean = words(f"summary.mean.{nearest}{weighted}", mean=words.length(score.mean_m))
    text = words("summary.worst", mean=mean, far=words.length(far.distance_m if far else score.max_m), who=who)
    if score.unreachable:
        lost = words("summary.lost", points=words.counted("noun.point", score.unreachable))
        text = words("summary.others", lost=lost, rest=text, rest_begun_small=begun_small(text)) if far else lost
    if not score.coverage:
        return text
    first = score.coverage[0]
    missed = result.problem.demand.n - first.demand_points
    how = "summary.missed_or_lost" if score.unreachable else "summary.missed"
    met = words.counted(how, missed) if missed else words("summary.met")
    return f"{text} {words('summary.covered', share=words.percent(first.share), radius=words.length(first.radius_m), met=met)}"


def certainty(result: Result) -> str:
    """Return how good the plan is known to be: its proven gap, or that nothing has been proven."""
    plan, words = result.plan, words_of(result)
    if not is_planned(result):
        return words("certainty.nothing")
    stopped = words(f"certainty.{plan.status}") if plan.status in {"time_limit", "interrupted"} else ""
    if plan.gap is None:
        scope = plan.scope.strip().rstrip(".")
        if scope.startswith("best of"):
            found = words("certainty.best_of", search=spoken_scope(words, scope.split(";", maxsplit=1)[0]))
        else:
            found = words("certainty.scope", scope=sentence(spoken_scope(words, scope))).strip()
        return f"{found} {stopped}".strip()
    return f"{sentence(f'{reached(result, None, words)}; {proof(result, words)}')} {stopped}".strip()


def method(result: Result) -> list[str]:
    """Return the method's paragraphs, after the objective's own."""
    problem, plan, words = result.problem, result.plan, words_of(result)
    if not is_planned(result):
        return [words("method.standing")]
    paragraphs = [f"{certainty(result)} {words('method.seed', seed=str(plan.seed))}"]
    if problem.candidates is not None:
        paragraphs.append(words("method.sites", sites=words.counted("noun.site", problem.candidates.n_places)))
    elif problem.domain.free is not None:
        paragraphs.append(words("method.free_space"))
    if "fixed" in plan.device_status:
        paragraphs.append(words("method.fixed"))
    kept = rules(result)
    return [*paragraphs, " ".join(kept)] if kept else paragraphs


def assumptions(result: Result) -> list[str]:
    """Return what the figures take for granted."""
    problem, words = result.problem, words_of(result)
    weights = words("assume.weights", total=words.amount(problem.demand.total_weight))
    texts = [
        f"{words('assume.distance', meaning=distance_in_words(result))} {_caveat(problem, words)}".strip(),
        words("assume.nearest" if is_nearest(result) else "assume.one_device"),
        weights if is_weighted(problem) else words("assume.same_weight"),
    ]
    if not problem.frame.is_geographic:
        texts.append(words("assume.horizontal"))
    if problem.domain.plan is not None:
        texts.append(words("assume.drawing"))
    if problem.frame.planning_crs is not None:
        texts.append(words("assume.crs", crs=str(problem.frame.crs), planning=problem.frame.planning_crs))
    return texts


def _caveat(problem: Problem, words: Words) -> str:
    if not problem.distance.is_straight:
        return ""
    return words("assume.way" if problem.frame.is_geographic else "assume.signal")


def map_caption(result: Result) -> str:
    """Return the caption of the map."""
    words = words_of(result)
    text = words.counted("map.caption", result.plan.p)
    worst = result.score.worst
    return f"{text} {words('map.farthest', point=_named(worst[0].demand))}" if worst else text


def map_alternative(result: Result) -> str:
    """Return what the map shows, for readers who cannot see it, with its numbers."""
    score, words = result.score, words_of(result)
    devices, points = words.counted("noun.device", result.plan.p), words.counted("noun.point", result.problem.demand.n)
    parts = [
        words("map.alt", name=result.source.name, devices=devices, points=points),
        *([words("map.alt.lost", points=words.counted("noun.point", score.unreachable))] if score.unreachable else []),
        words("map.alt.distances", worst=words.length(score.max_m), mean=words.length(score.mean_m)),
        *_shares(result),
        words("map.alt.places"),
    ]
    return " ".join(parts)


def _shares(result: Result) -> list[str]:
    words = words_of(result)
    return [
        words("map.alt.covered", share=words.percent(each.share), radius=words.length(each.radius_m))
        for each in result.score.coverage
    ]


def coverage_caption(result: Result) -> str:
    """Return the caption of the coverage map."""
    words = words_of(result)
    if not result.score.coverage:
        return words("coverage.caption")
    kind = "places" if result.problem.distance.is_straight else "points"
    return words(f"coverage.caption.{kind}", radius=words.length(result.score.coverage[0].radius_m))


def coverage_alternative(result: Result) -> str:
    """Return what the coverage map shows, with its numbers."""
    words, score = words_of(result), result.score
    missed = result.problem.demand.n - score.coverage[0].demand_points if score.coverage else 0
    failing = [words("coverage.alt.failing", points=words.counted("noun.point", missed))] if score.coverage else []
    head = words("coverage.alt", devices=words.counted("noun.device", result.plan.p), mean=words.length(score.mean_m))
    return " ".join([head, *_shares(result), *failing])


def worst_note(result: Result) -> str:
    """Return how many miss the requirement and where all distances are."""
    words = words_of(result)
    everybody = words("worst.all")
    if not result.score.coverage:
        return everybody
    radius = words.length(result.score.coverage[0].radius_m)
    missed = result.problem.demand.n - result.score.coverage[0].demand_points
    if not missed:
        return f"{words('worst.nobody', radius=radius)} {everybody}"
    lost = words("worst.lost", n=words.number(result.score.unreachable)) if result.score.unreachable else ""
    return f"{words.counted('worst.beyond', missed, radius=radius, lost=lost)} {everybody}"


def _warned(result: Result) -> str:
    words, number = words_of(result), len(result.warnings)
    return words.counted("summary.warned", number, section=words("Data notes and warnings")) if number else ""


def _named(name: str) -> str:
    return shortened(name, _NAME_LETTERS)
