"""Jobs: what the command can do with a scenario of each task, in one place. To add a task: one line in `JOBS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any


def _status(result: Any) -> str:
    return str(result.status)


@dataclass(frozen=True, slots=True)
class Job:
    """How scenarios of one task are run, shown and written. Scenarios and results are those of the task.

    Parameters
    ----------
    run : callable
        Scenario and watch to result.
    check : callable
        Scenario to what `place check` says of its data: counts for scripts, and a sentence.
    write : callable
        Result, folder and words of `report:` (None for the scenario's) to the paths written.
    summary, result_text : callable
        Result to text for people, and to the text of result.json.
    status : callable
        Result to the word that says how the run ended.
    words : tuple of str
        What `--only` may name.
    optional_files : tuple of str
        Files that only some runs write.
    outcome : str
        What a run that is stopped writes the best of so far.
    comparison : callable or None
        Named results to a table that compares them.
    """

    run: Callable[[Any, Any], Any]
    check: Callable[[Any], tuple[dict[str, int], str]]
    write: Callable[[Any, Path, Sequence[str] | None], list[Path]]
    summary: Callable[[Any], str]
    result_text: Callable[[Any], str]
    words: tuple[str, ...]
    optional_files: tuple[str, ...]
    status: Callable[[Any], str] = _status
    outcome: str = "plan"
    comparison: Callable[[Sequence[tuple[str, Any]]], str] | None = None


def job_of(task: str) -> Job:
    """Return the job of a task; its modules are imported now."""
    return JOBS[task]()


def _place() -> Job:
    from placement import pipeline, writers
    from placement.console import comparison, summary
    from placement.writers.result_json import result_text

    def run(scenario: Any, watch: Any) -> Any:
        return pipeline.place(scenario, watch=watch)

    def check(scenario: Any) -> tuple[dict[str, int], str]:
        problem = pipeline.check(scenario)
        counts = {"demand_points": problem.demand.n, "new_devices": problem.n_new, "fixed_devices": problem.fixed.m}
        fixed = f", {problem.fixed.m} fixed" if problem.fixed.m else ""
        most = "at most " if problem.objective.kind == "set_cover" or problem.constraints.money < inf else ""
        return counts, f"Demand points: {problem.demand.n}, new devices: {most}{problem.n_new}{fixed}."

    words = (*writers.OPTIONAL, *writers.ALWAYS)
    return Job(
        run,
        check,
        pipeline.write,
        summary,
        result_text,
        words,
        writers.OPTIONAL_FILES,
        status=lambda result: str(result.plan.status),
        comparison=comparison,
    )


def _segment() -> Job:
    from placement.scenario.segment_schema import SEGMENT_REPORT
    from placement.tasks import segment, segment_files

    files = segment_files
    return Job(
        segment.segment,
        segment.check,
        files.write,
        files.summary,
        files.result_text,
        SEGMENT_REPORT,
        files.OPTIONAL_FILES,
        outcome="segments",
    )


def _compress() -> Job:
    from placement.scenario.compress_schema import COMPRESS_REPORT
    from placement.tasks import compress, compress_files

    files = compress_files
    return Job(
        compress.compress,
        compress.check,
        files.write,
        files.summary,
        files.result_text,
        COMPRESS_REPORT,
        files.OPTIONAL_FILES,
        outcome="colours",
    )


JOBS: dict[str, Callable[[], Job]] = {"place": _place, "segment": _segment, "compress": _compress}
"""Word after `task:` to its job."""
