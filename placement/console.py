"""What the command prints: tables for people on standard output, a progress bar on a terminal's standard error."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Protocol

import click

from placement.core.comparison import BUDGET_AXES, Comparison
from placement.core.html import gap_text
from placement.core.result import Result, Source
from placement.core.score import Score
from placement.pipeline import Verified
from placement.progress import Progress, Watch
from placement.units import count, format_length, format_value
from placement.view.quality import quality_line

Row = tuple[str, ...]


class Remarked(Protocol):
    """What a result of every task has to be spoken about."""

    @property
    def source(self) -> Source:
        """Where it comes from."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for the user."""
        ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """A result, and how its task turns it into text for people and into the text of result.json."""

    result: Remarked
    summary: Callable[[Any], str]
    result_text: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Speech:
    """How much a command says, and in which form."""

    as_json: bool
    quiet: bool
    verbose: int

    @property
    def is_silent(self) -> bool:
        """Whether no progress and no list of files may be shown."""
        return self.quiet or self.as_json

    def show(self, spoken: Sequence[Spoken]) -> None:
        """Print results: tables, or one JSON document (a list when there are several)."""
        if self.as_json:
            texts = [one.result_text(one.result) for one in spoken]
            click.echo(texts[0] if len(texts) == 1 else f"[\n{','.join(texts)}]\n", nl=False)
        elif not self.quiet:
            click.echo("\n\n".join(one.summary(one.result) for one in spoken))
        for one in spoken:
            self.remark(one.result)

    def remark(self, result: Remarked) -> None:
        """Say warnings, and with `-v` what the readers did, on standard error."""
        for warning in result.warnings:
            click.echo(f"warning: {warning}", err=True)
        for note in result.source.data_notes if self.verbose else ():
            click.echo(f"note: {note}", err=True)


def told_files(folder: Path, written: Sequence[Path], optional: Sequence[str]) -> str:
    """Return which files were written, and which of the `optional` names in the folder are left from an earlier run."""
    told = f"wrote {folder}/: {', '.join(path.name for path in written)}"
    left = [name for name in optional if (folder / name).exists() and folder / name not in written]
    if not left:
        return told
    return f"{told}\nwarning: {', '.join(left)} in {folder}/ {'are' if len(left) > 1 else 'is'} of an earlier run"


def summary(result: Result) -> str:
    """Return a result as text: scores, devices, what is known about the quality.

    Parameters
    ----------
    result : Result
        A finished run.

    Returns
    -------
    str
        Several lines, without colour, at most about 100 columns wide.
    """
    demand, plan = result.problem.demand, result.plan
    head = f"{result.source.name}: {count(plan.p, 'device')} for {count(demand.n, 'demand point')}"
    parts = [head, _table(_score_rows(result)), _table(_device_rows(result)), quality_line(result), _one_more(result)]
    return "\n\n".join(part for part in parts if part)


def _one_more(result: Result) -> str:
    """Return how much better one more device would be, or nothing when that was not looked at."""
    budgets = result.outlook.budgets if result.outlook is not None else ()
    more = next((one for one in budgets if one.n_new == result.problem.n_new + 1), None)
    if more is None or result.score.max_m is None:
        return ""
    worst, mean = (_length(result, metres) for metres in (more.max_m, more.mean_m))
    covered = ""
    if more.demand_points_covered is not None:
        gained = more.demand_points_covered - result.score.coverage[0].demand_points
        words = count(abs(gained), f"{'more' if gained >= 0 else 'fewer'} demand point")
        covered = f", {words} within {_length(result, result.score.coverage[0].radius_m)}"
    return f"One more device: worst distance {worst}, mean {mean}{covered}."


def comparison(results: Sequence[tuple[str, Result]]) -> str:
    """Return the scores of several results side by side, one column for each.

    Parameters
    ----------
    results : sequence of (str, Result)
        Column title and result.

    Returns
    -------
    str
        A table; coverage rows stand only for radii that every result reports.
    """
    head = ("", *(title for title, _ in results))
    radii = set.intersection(*({c.radius_m for c in result.score.coverage} for _, result in results))
    rows = [
        head,
        ("devices", *(str(result.plan.p) for _, result in results)),
        *((label, *(_length(result, getattr(result.score, name)) for _, result in results)) for label, name in _DISTANCES),
        *([("not served", *(f"{result.score.unreachable:,}" for _, result in results))] if _some_unreached(results) else []),
        *(
            (f"within {_length(results[0][1], radius)}", *(_share(result.score, radius) for _, result in results))
            for radius in sorted(radii)
        ),
    ]
    return _table(rows)


_DISTANCES = (("worst distance", "max_m"), ("mean distance", "mean_m"), ("median distance", "median_m"), ("95 % within", "p95_m"))


def show_comparison(speech: Speech, compared: Comparison) -> None:
    """Print a comparison: a table, what each step brings and the advice; or the text of comparison.json."""
    from placement.writers.comparison.data import json_text

    if speech.as_json:
        click.echo(json_text(compared), nl=False)
    elif not speech.quiet:
        parts = (_compared_rows(compared), _steps(compared), _advice(compared), *_beside(compared))
        click.echo("\n\n".join(part for part in parts if part))
    for warning in dict.fromkeys((*compared.notes, *(warning for row in compared.rows for warning in row.result.warnings))):
        click.echo(f"warning: {warning}", err=True)


def _compared_rows(compared: Comparison) -> str:
    best = ("best found",) * (compared.axis in BUDGET_AXES)  # nobody looks for them beside variants and scenarios
    rows: list[Row] = [("", "worst", *best, "mean", *best, "within", "objective", "gap")]
    for row in compared.rows:
        score, plan, result = row.result.score, row.result.plan, row.result
        share = f"{100 * score.coverage[0].share:.1f} %" if score.coverage else "-"
        gap = gap_text(plan.gap)
        lengths = (score.max_m, row.best_max_m, score.mean_m, row.best_mean_m)[:: 1 if best else 2]
        value = format_value(plan.value, plan.unit, result.problem.frame.unit)
        rows.append((row.label, *(_length(result, each) for each in lengths), share, value, gap))
    return f"{compared.name}\n\n{_table(rows)}"


def _steps(compared: Comparison) -> str:
    return "\n".join(f"  {row.label}: {part}" for row in compared.rows for part in (row.gain, row.remark) if part)


def _advice(compared: Comparison) -> str:
    advice = compared.recommended
    return "" if advice is None else f"Recommended: {compared.rows[advice.row].label} ({advice.rule}): {advice.why}."


MOST_BESIDE = 12
"""Rows of a table about what lies beside the recommended row; the files have all."""
LINE_LETTERS = 100


def _beside(compared: Comparison) -> Iterator[str]:
    """Yield what lies beside the recommended row as the report has it, without pictures: a heading, texts and short tables."""
    from placement.writers.comparison.beside import beside_sections

    for k, section in enumerate(beside_sections(compared)):
        about, *blocks = (block for block in section["blocks"] if block["kind"] != "picture")
        if k == 0:
            yield about["text"]
        yield f"{section['title']}:"
        yield from (_wrapped(block["text"]) if block["kind"] == "text" else _short(block["table"]) for block in blocks)


def _short(table: Mapping[str, Any]) -> str:
    """Return the first rows of a table of the report with its note."""
    titles = tuple(column["title"].lower() for column in table["columns"])
    left = len(table["rows"]) - MOST_BESIDE
    more = f"{count(left, 'more row')} in comparison.json. " if left > 0 else ""
    note = f"{more}{table['note']}"
    shown = _table([titles, *map(tuple, table["rows"][:MOST_BESIDE])])
    return f"{shown}\n{_wrapped(note, '  ')}" if note else shown


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, LINE_LETTERS, initial_indent=indent, subsequent_indent=indent, break_long_words=False)


def _score_rows(result: Result) -> list[Row]:
    score, notes = result.score, {}
    if score.unreachable:
        lost = count(score.unreachable, "demand point")
        notes = {"max_m": f"no device serves {lost}", "mean_m": "of those that are served"}
    elif score.worst:
        notes = {"max_m": f"{score.worst[0].demand}, served by {score.worst[0].device}"}
    rows: list[Row] = [(label, _length(result, getattr(result.score, name)), notes.get(name, "")) for label, name in _DISTANCES]
    for c in result.score.coverage:
        weight = f"weight {c.weight:,.10g} of {result.problem.demand.total_weight:,.10g}"
        rows.append((f"within {_length(result, c.radius_m)}", f"{100 * c.share:.1f} %", weight))
    return rows


def _device_rows(result: Result) -> list[Row]:
    frame, plan = result.problem.frame, result.plan
    places = frame.to_lonlat(plan.device_xy)
    names, digits = ("x", "y"), 3 if frame.unit == "km" else 2
    if places is None:
        places = frame.to_user(plan.device_xy)
    else:
        names, digits = ("lon", "lat"), 6
    rows: list[Row] = [("device", *names, "status", "points", "weight", "mean", "worst")]
    for name, (x, y), status, load in zip(plan.device_ids, places, plan.device_status, result.score.devices, strict=True):
        distances = (_length(result, v) for v in (load.mean_m, load.max_m))
        place = (f"{x:.{digits}f}", f"{y:.{digits}f}")
        rows.append((name, *place, status, str(load.demand_points), f"{load.demand_weight:,.10g}", *distances))
    return rows


def _some_unreached(results: Sequence[tuple[str, Result]]) -> bool:
    return any(result.score.unreachable for _, result in results)


def verification(verified: Verified) -> str:
    """Return what came of checking a result as text: what is claimed beside what was recomputed, and the verdict.

    Parameters
    ----------
    verified : Verified
        From `placement.pipeline.verify`.

    Returns
    -------
    str
        Several lines, without colour.
    """
    claim, verdict, problem = verified.claim, verified.verdict, verified.problem

    def shown(value: float | None) -> str:
        return "-" if value is None else f"{value:,.10g} {problem.objective.unit}"

    rows: list[Row] = [
        ("", "claimed", "recomputed"),
        ("value", shown(claim.value), shown(verdict.value)),
        ("bound", shown(claim.bound), shown(verdict.bound)),
        ("gap", _percent(claim.value, claim.bound), _percent(verdict.value, verdict.bound)),
    ]
    head = f"{verified.written.path}, of {verified.scenario}: {problem.objective.kind}, {problem.objective.meaning}"
    passed = "\n".join(f"Passed over: {fault.file}: {fault.problem}" for fault in verified.passed_over)
    about = f"The proof is about {verified.written.scope}." if verdict.proof != "none" else ""
    if verdict.is_confirmed:
        end = f"Confirmed: {_PROOFS[verdict.proof]}"
        if verdict.proof == "word" and verdict.bound is None:
            end = f"{end} There is nothing to recompute it from."
        elif verdict.proof == "word":
            end = f"{end} What stands beside it proves {shown(verdict.bound)}."
    else:
        end = "Not confirmed:\n" + "\n".join(f"  - {fault}" for fault in verdict.faults)
    return "\n\n".join(part for part in (head, passed, _table(rows), about, end) if part)


_PROOFS = {
    "recomputed": "the value and the bound are right, recomputed from the devices and the certificate.",
    "word": "the value is right. The bound rests on the word of the solver.",
    "none": "the value is right. Nothing was proven about other plans.",
}


def verification_document(verified: Verified) -> dict[str, Any]:
    """Return what came of checking a result as plain dicts and numbers, for scripts.

    Parameters
    ----------
    verified : Verified
        From `placement.pipeline.verify`.

    Returns
    -------
    dict
        With the claimed and the recomputed value and bound (null when there is none or it is not finite), and every fault.
    """
    claim, verdict = verified.claim, verified.verdict
    return {
        "schema": 1,
        "result": verified.written.path.name,
        "scenario": verified.written.scenario_file,
        "taken": str(verified.scenario),
        "passed_over": [{"file": fault.file, "problem": fault.problem} for fault in verified.passed_over],
        "confirmed": verdict.is_confirmed,
        "value": {"claimed": claim.value, "recomputed": _finite(verdict.value)},
        "bound": {"claimed": claim.bound, "recomputed": _finite(verdict.bound)},
        "proof": verdict.proof,
        "scope": verified.written.scope,
        "faults": list(verdict.faults),
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _percent(value: float | None, bound: float | None) -> str:
    if value is None or bound is None or not isfinite(bound):
        return "-"
    difference = abs(value - bound)
    return f"{100 * difference / abs(value):.3g} %" if value else "0 %" if difference == 0 else "-"


def _length(result: Result, metres: float | None) -> str:
    return "-" if metres is None else format_length(metres, result.problem.frame.unit)


def _share(score: Score, radius_m: float) -> str:
    return next(f"{100 * c.share:.1f} %" for c in score.coverage if c.radius_m == radius_m)


def _table(rows: Sequence[Row]) -> str:
    """Return aligned columns: the first to the left, numbers to the right, trailing text to the left."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    is_number = [all(_looks_numeric(row[column]) for row in rows[1:]) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.rjust(w) if number else cell.ljust(w) for cell, w, number in zip(row, widths, is_number, strict=True)]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def _looks_numeric(cell: str) -> bool:
    return not cell or cell == "-" or cell[0].isdigit() or (cell[0] == "-" and cell[1:2].isdigit())


@contextmanager
def progress_bar(watch: Watch, *, quiet: bool) -> Iterator[None]:
    """Show on standard error what the solver reports, if that is a terminal; otherwise say nothing.

    Parameters
    ----------
    watch : Watch
        Its reports are shown while the context lasts.
    quiet : bool
        Say nothing on a terminal either.
    """
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}  {task.fields[value]}"))
    with Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("searching", total=None, value="")

        def show(report: Progress) -> None:
            value = "" if report.value is None else f"best {report.value:,.6g}"
            value += "" if report.bound is None else f"  bound {report.bound:,.6g}"
            bar.update(task, description=report.phase, total=report.total, completed=report.done, value=value)

        watch.on_progress = show
        yield
