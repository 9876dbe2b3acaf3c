"""The report of segments: what they are, why so many, and what a simple cut would have confused."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.phrases.numbers import percent
from placement.sections import picture, render_report, table, text
from placement.tasks.segment_files import agreement_sentence
from placement.units import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from placement.tasks.confusion import Confusion
    from placement.tasks.segment import Segmentation

_LEAST_CONFUSED = 0.05
_MOST_COLUMNS = 8
_CAPTIONS = {
    "elbow.svg": "How the sum of squared distances falls with the number of segments.",
    "silhouettes.svg": "Silhouettes of a sample of customers, by segment: near 1 well inside, below 0 nearer to another segment.",
    "profiles.svg": "What sets each segment apart: means in standard deviations from the average customer.",
}


def report_pdf(result: Segmentation, plots: Mapping[str, bytes]) -> bytes:
    """Return the report as PDF; `plots` are shown in the order given."""
    facts = [("Program", f"placement {result.version}"), ("Seed", f"seed {result.seed}"), ("Rows", f"{result.customers.n:,}")]
    return render_report(result.source, facts, _words(result, plots), plots)


def _words(result: Segmentation, plots: Mapping[str, bytes]) -> dict[str, Any]:
    sections = [
        {"title": "Segments", "blocks": [_sizes(result), *_statistics(result)]},
        {"title": "Why so many", "blocks": [text(_why(result)), *_choice(result)]},
    ]
    if plots:
        sections.append({"title": "Pictures", "blocks": [picture(name, _CAPTIONS[name], _CAPTIONS[name]) for name in plots]})
    if result.found is not None:
        sections.append({"title": "Against the known groups", "blocks": _known(result)})
    if result.warnings:
        sections.append({"title": "What to beware of", "blocks": [text(warning) for warning in result.warnings]})
    sections.append({"title": "Method", "blocks": [text(_method(result))]})
    return {
        "description": f"{count(len(result.segments), 'segment')} of {count(result.customers.n, 'customer')}.",
        "headlines": _headlines(result),
        "summary": _summary(result),
        "sections": sections,
    }


def _headlines(result: Segmentation) -> list[dict[str, str]]:
    first = {"value": f"{len(result.segments)}", "label": "segments"}
    second = {"value": _short(result.customers.n), "label": "customers"}
    silhouette = float(np.mean(result.silhouettes)) if len(result.silhouettes) else float("nan")
    third = {"value": f"{silhouette:.2f}", "label": "mean silhouette (1 is best)"}
    if result.found is not None:
        third = {"value": percent(result.found.agreement), "label": "agree with the known groups"}
    return [first, second, third]


def _short(number: int) -> str:
    return f"{number / 1e6:.3g} M" if number >= 1_000_000 else f"{number:,}"  # noqa: PLR2004


def _summary(result: Segmentation) -> list[str]:
    biggest = result.segments[0]
    by = _listed(result.customers.names)
    who = count(result.customers.n, "customer falls", "customers fall")
    fall = f"{who} into {count(len(result.segments), 'segment')} by {by}."
    said = [f"{fall} The largest, {biggest.id}, holds {percent(biggest.share)} of them: {biggest.name}."]
    n_aside = int(np.count_nonzero(result.labels < 0))
    if n_aside:
        said.append(f"{n_aside:,} customers are far from all segments; they were set aside and belong to none.")
    return [*said, agreement_sentence(result)] if result.found is not None else said


def _listed(names: tuple[str, ...]) -> str:
    shown = [name.replace("_", " ") for name in names[:_MOST_COLUMNS]]
    return ", ".join(shown) + (f" and {count(len(names) - len(shown), 'more feature')}" if len(names) > len(shown) else "")


def _sizes(result: Segmentation) -> dict[str, Any]:
    header = [("Segment", 1.0, False), ("What sets it apart", 4.5, False), ("Customers", 1.4, True), ("Share", 1.0, True)]
    rows = [(one.id, one.name, f"{one.size:,}", percent(one.share)) for one in result.segments]
    note = "High or low: at least half a standard deviation from the average customer; very: one and a quarter."
    return table("The segments, from the largest", [*header, ("Silhouette", 1.2, True)],
                 [(*row, f"{one.silhouette:.2f}") for row, one in zip(rows, result.segments, strict=True)], note)  # fmt: skip


def _statistics(result: Segmentation) -> list[dict[str, Any]]:
    names = result.customers.names
    parts = []
    for first in range(0, len(names), _MOST_COLUMNS):
        columns = range(first, min(first + _MOST_COLUMNS, len(names)))
        header = [("Segment", 1.0, False), *((names[j].replace("_", " "), 1.3, True) for j in columns)]
        rows = [(one.id, *(_amount(one.median[j], one.mean[j]) for j in columns)) for one in result.segments]
        note = "Median, and the mean in brackets, in original units; more in segments.csv."
        parts.append(table("The typical customer of each segment", header, rows, note))
    return parts


def _amount(median: float, mean: float) -> str:
    return f"{_figures(median)} ({_figures(mean)})"


def _figures(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three figures


def _why(result: Segmentation) -> str:
    chosen = result.chosen
    if chosen is None:
        return f"The scenario asks for {count(len(result.segments), 'segment')}."
    return f"{count(chosen.k, 'segment')}: {chosen.why[:1].lower()}{chosen.why[1:]}"


def _choice(result: Segmentation) -> list[dict[str, Any]]:
    if result.chosen is None:
        return []
    header = [(title, 1.0, True) for title in ("Segments", "Sum of squares", "Silhouette", "Calinski-Harabasz", "Davies-Bouldin")]
    rows = [
        (
            str(row.k),
            _figures(row.wcss),
            *(_or_dash(value) for value in (row.silhouette, row.calinski_harabasz, row.davies_bouldin)),
        )
        for row in result.chosen.table
    ]
    note = "More is better for silhouette and Calinski-Harabasz, less for Davies-Bouldin."
    return [table("Every number of segments that was tried", header, rows, note)]


def _or_dash(value: float) -> str:
    return _figures(value) if np.isfinite(value) else "\N{EN DASH}"


def _known(result: Segmentation) -> list[dict[str, Any]]:
    assert result.found is not None  # noqa: S101 - the caller looked
    blocks = [text(agreement_sentence(result)), _counts("Known groups and the segments found", result.found)]
    if result.cut is not None:
        blocks.append(text(confused_sentence(result.cut)))
        blocks.append(_counts("Known groups and bands of one feature", result.cut))
    return blocks


def confused_sentence(cut: Confusion) -> str:
    """Return in words which groups a cut by one feature mixes most."""
    shares = cut.counts / np.maximum(cut.counts.sum(axis=1, keepdims=True), 1)
    own = np.argmax(cut.counts, axis=0).tolist()
    pairs: dict[tuple[str, str], float] = defaultdict(float)
    for j, owner in enumerate(own):
        for i, group in enumerate(cut.groups):
            if i != owner:
                pairs[group, cut.groups[owner]] += float(shares[i, j])
    ranked = sorted(pairs.items(), key=lambda pair: -pair[1])
    mixed = [f"{percent(share)} of {one} with {other}" for (one, other), share in ranked if share >= _LEAST_CONFUSED]
    if not mixed:
        return "Bands of this one feature would confuse hardly anybody."
    return f"Bands of this one feature alone put {', '.join(mixed)}."


def _counts(caption: str, confusion: Confusion) -> dict[str, Any]:
    header = [("Known group", 1.5, False), *((name, 1.2, True) for name in confusion.found)]
    rows = [(group, *(f"{count:,}" for count in row)) for group, row in zip(confusion.groups, confusion.counts, strict=True)]
    note = f"Adjusted Rand index {confusion.adjusted_rand:.3f} (1: the same groups; 0: as by chance)."
    return table(caption, header, rows, note)


def _method(result: Segmentation) -> str:
    return (
        "K-Means: every customer belongs to the nearest of the centres, and the centres make the sum of squared distances small. "
        "Features were brought to one scale first, so that none counts more for being written in small units. "
        "Segments are summaries, not facts about persons; a customer near a border could belong to either side. "
        f"The sum of squares on that scale is {result.inertia:,.6g}."
    )
