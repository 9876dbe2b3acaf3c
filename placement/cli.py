"""The command `place`: words to calls, errors to text and an exit code. Nothing else.

Exit codes: 0 done, 1 our bug, 2 usage or scenario wrong, 3 infeasible, 4 time limit (the best so far written), 130 interrupted
(the best so far written, if there was anything).
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from placement import __version__
from placement.exits import errors_to_exit

if TYPE_CHECKING:
    from placement.console import Speech, Spoken
    from placement.jobs import Job
    from placement.progress import Watch

EXIT_OF_STATUS = {"time_limit": 4, "interrupted": 130}


class DefaultToRun(click.Group):
    """A group whose first word may be a scenario file: `place office.yaml` means `place run office.yaml`."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a word that is none but looks like a file goes to `run`."""
        if args and self.get_command(ctx, args[0]) is None and _looks_like_file(args[0]):
            args = ["run", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let the options of `run` stand before the file: `place --json office.yaml`."""
        own = {"--help", "-h", "--version"}
        if args and args[0].startswith("-") and args[0] not in own:
            args = ["run", *args]
        return super().parse_args(ctx, args)


def _looks_like_file(word: str) -> bool:
    return word.lower().endswith((".yaml", ".yml")) or Path(word).exists() or os.sep in word


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=DefaultToRun, context_settings=CONTEXT, no_args_is_help=True)
@click.version_option(__version__, prog_name="place")
def cli() -> None:
    """Plan where devices go: routers, printers, defibrillators, chargers, depots.

    \b
    place scenarios/office.yaml              plan it; write maps, tables and a PDF report
    place scenarios/office.yaml --json       the result on standard output
    place compare scenarios/office.yaml --p 1:10   how many devices to buy
    place score scenarios/office.yaml --devices today.csv
    place open scenarios/office.yaml         drag its devices in the browser
    place init myoffice                      write a scenario to start from
    """  # noqa: D301 - click's mark for text that keeps its lines


def catching(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--debug`, and turn what goes wrong in a command into text and an exit code."""

    @click.option("--debug", is_flag=True, help="Show the traceback of an error.")
    @wraps(command)
    def caught(*args: Any, debug: bool, **options: Any) -> None:
        with errors_to_exit(debug):
            command(*args, **options)

    return caught


def on_scenario(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command on a scenario has: `--set`, `--seed`, `--json`, `-q`, `-v` and `--debug`.

    The command gets `overrides` (`--seed` among them) and a `Speech`.
    """

    @wraps(command)
    def spoken(
        *args: Any, seed: int | None, overrides: tuple[str, ...], as_json: bool, quiet: bool, verbose: int, **rest: Any
    ) -> None:
        from placement.console import Speech

        changes = overrides if seed is None else (*overrides, f"solver.seed={seed}")
        command(*args, overrides=changes, speech=Speech(as_json=as_json, quiet=quiet, verbose=verbose), **rest)

    options = (
        click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Seed of the search; same seed, same plan."),
        click.option("--set", "overrides", multiple=True, metavar="KEY.PATH=VALUE", help="Change one value of the scenario."),
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON instead of a table."),
        click.option("-q", "--quiet", is_flag=True, help="No table and no progress."),
        click.option("-v", "--verbose", count=True, help="Also say what the readers did."),
    )
    decorated = catching(spoken)
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


@cli.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO.yaml...")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder for the files (default: reports/<scenario>).")
@click.option("--only", metavar="WORDS", help="Write these files instead of the scenario's report list, e.g. pdf,map.")
@on_scenario
def run(
    scenarios: tuple[str, ...], *, out: Path | None, only: str | None, overrides: tuple[str, ...], speech: Speech
) -> NoReturn:
    """Run one scenario or several; several end with a table that compares them."""
    names = [Path(file).stem for file in scenarios]
    if len(set(names)) < len(names):
        raise click.UsageError(
            "two scenarios have the same file name and would write into the same folder; run them one by one with --out"
        )
    _split(only)
    done: list[tuple[Job, Spoken]] = []
    for file in scenarios:
        folder = _folder_of(file, out, len(scenarios) > 1)
        done.append(_run_one(file, overrides, folder, only, quiet=speech.is_silent))
        if not speech.as_json:
            speech.show([done[-1][1]])
        if _status(*done[-1]) == "interrupted":
            break
    if speech.as_json:
        speech.show([spoken for _, spoken in done])
    elif not speech.quiet:
        _compare(names, done)
    sys.exit(max(EXIT_OF_STATUS.get(_status(*one), 0) for one in done))


def _status(job: Job, spoken: Spoken) -> str:
    return job.status(spoken.result)


def _compare(names: list[str], done: list[tuple[Job, Spoken]]) -> None:
    pairs = [(name, job, spoken.result) for name, (job, spoken) in zip(names, done, strict=False) if job.comparison]
    if len(pairs) > 1 and pairs[0][1].comparison is not None:
        click.echo(f"\n{pairs[0][1].comparison([(name, result) for name, _, result in pairs])}")


def _run_one(file: str, overrides: tuple[str, ...], folder: Path, only: str | None, *, quiet: bool) -> tuple[Job, Spoken]:
    from placement.console import Spoken, told_files
    from placement.files import write_atomic
    from placement.jobs import job_of
    from placement.scenario import load_any

    clock = {"start": time.perf_counter()}
    scenario = load_any(file, overrides)
    job = job_of(scenario.spec.task)
    words = _only_words(only, job.words)
    if "geojson" in (words or ()) and getattr(scenario.spec, "crs", None) is None:
        raise click.UsageError("--only geojson: GeoJSON is for places on the Earth, and the scenario has no crs")
    clock["read"] = time.perf_counter()
    with _watched(scenario.spec.solver.time_limit, job.outcome, quiet=quiet) as watch:
        result = job.run(scenario, watch)
    clock[scenario.spec.task] = time.perf_counter()
    written = job.write(result, folder, words)
    clock["write"] = time.perf_counter()
    steps = list(clock.values())
    seconds = {name: round(b - a, 3) for name, a, b in zip(list(clock)[1:], steps, steps[1:], strict=False)}
    write_atomic(folder / "run.json", json.dumps({"version": __version__, "seconds": seconds}, indent=1) + "\n")
    if not quiet:
        click.echo(told_files(folder, written, job.optional_files), err=True)
    return job, Spoken(result, job.summary, job.result_text)


@contextmanager
def _watched(time_limit_s: float | None, outcome: str, *, quiet: bool) -> Iterator[Watch]:
    """Give the solver a watch that knows the time limit, the terminal and Ctrl-C (a second Ctrl-C ends at once)."""
    from placement.console import progress_bar
    from placement.progress import Watch

    watch = Watch(time_limit_s)

    def on_interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        click.echo(f"place: stopping; the best {outcome} so far will be written (Ctrl-C again ends at once)", err=True)
        watch.interrupt()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        with progress_bar(watch, quiet=quiet):
            yield watch
    finally:
        signal.signal(signal.SIGINT, before)


def _folder_of(file: str, out: Path | None, is_one_of_several: bool) -> Path:
    name = Path(file).stem
    if out is None:
        return Path("reports") / name
    return out / name if is_one_of_several else out


def _split(only: str | None) -> list[str] | None:
    words = None if only is None else [word.strip() for word in only.split(",") if word.strip()]
    if words == []:
        raise click.UsageError("--only names no file")
    return words


def _only_words(only: str | None, allowed: tuple[str, ...]) -> list[str] | None:
    words = _split(only)
    wrong = [word for word in words or () if word not in allowed]
    if wrong:
        raise click.UsageError(f"--only: unknown {', '.join(map(repr, wrong))}; allowed: {', '.join(allowed)}")
    return words


@cli.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO.yaml...")
@click.option("--p", "budgets", metavar="FROM:TO[:STEP]", help="Numbers of new devices, such as 1:10.")
@click.option("--cost", "costs", metavar="FROM:TO[:STEP]", help="Amounts of money, such as 500:5000:500.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder (default: reports/<scenario>-compare).")
@click.option("--only", metavar="WORDS", help="planner: also the planner page, with a slider over the budgets.")
@click.option("--more", is_flag=True, help="Also trade-off, roll-out, moves and lost sites for the recommended row.")
@on_scenario
def compare(
    scenarios: tuple[str, ...],
    *,
    budgets: str | None,
    costs: str | None,
    out: Path | None,
    only: str | None,
    more: bool,
    overrides: tuple[str, ...],
    speech: Speech,
) -> NoReturn:
    """Compare budgets of one scenario, its variants, or several scenarios."""
    from placement.alternatives import with_alternatives
    from placement.comparing import compare as compare_all
    from placement.console import show_comparison, told_files
    from placement.scenario import load_scenario
    from placement.writers import COMPARED, OPTIONAL_FILES, write_compared

    words = _only_words(only, COMPARED)
    numbers, money = _numbers("--p", budgets, whole=True), _numbers("--cost", costs, whole=False)
    if sum((bool(budgets), bool(costs), len(scenarios) > 1)) > 1:
        raise click.UsageError("--p, --cost and several scenarios are three ways to compare; take one")
    loaded = [load_scenario(file, overrides) for file in scenarios]
    if not (budgets or costs or len(loaded) > 1 or loaded[0].spec.variants):
        raise click.UsageError("what to compare? Give --p 1:10, --cost 500:5000:500, a second scenario, or variants: in this one")
    with _watched(loaded[0].spec.solver.time_limit, "comparison", quiet=speech.is_silent) as watch:
        found = compare_all(*loaded, budgets=numbers, costs=money, watch=watch)
        found = with_alternatives(found, loaded[0], watch) if more else found
    folder = out or Path("reports") / f"{'-'.join(Path(file).stem for file in scenarios)}-compare"
    written = write_compared(found, folder, words)
    show_comparison(speech, found)
    if not speech.is_silent:
        click.echo(told_files(folder, written, OPTIONAL_FILES), err=True)
    sys.exit(EXIT_OF_STATUS.get(watch.stop_reason() or "", 0))


def _numbers(option: str, text: str | None, *, whole: bool) -> list[float] | None:
    from placement.units import parse_range

    try:
        return None if text is None else parse_range(text, whole=whole)
    except ValueError as error:
        raise click.UsageError(f"{option}: {error}") from error


@cli.command()
@click.argument("file", metavar="SCENARIO.yaml")
@on_scenario
def check(file: str, *, overrides: tuple[str, ...], speech: Speech) -> None:
    """Check a scenario and every file it names, without running it."""
    from placement.jobs import job_of
    from placement.scenario import load_any

    scenario = load_any(file, overrides)
    counts, words = job_of(scenario.spec.task).check(scenario)
    if speech.as_json:
        click.echo(json.dumps({"file": Path(file).name, **counts}))
    elif not speech.quiet:
        click.echo(f"{file}: good. {words}")


@cli.command()
@click.argument("file", metavar="SCENARIO.yaml")
@click.option(
    "--devices", type=click.Path(path_type=Path), metavar="FILE", help="Table of devices that stand (default: the fixed ones)."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Also write the files of a report here.")
@click.option("--only", metavar="WORDS", help="With --out: these files instead of the scenario's report list.")
@on_scenario
def score(
    file: str, *, devices: Path | None, out: Path | None, only: str | None, overrides: tuple[str, ...], speech: Speech
) -> None:
    """Score devices that stand already, beside the plan if one was written; solve nothing."""
    from placement.console import Spoken, comparison, summary
    from placement.pipeline import score_beside, write
    from placement.scenario import load_scenario
    from placement.writers import ALWAYS, OPTIONAL
    from placement.writers.result_json import result_text

    words = _only_words(only, (*OPTIONAL, *ALWAYS))
    scenario = load_scenario(file, overrides)
    standing, planned = score_beside(scenario, devices, _folder_of(file, None, False) / "result.json")
    speech.show([Spoken(standing, summary, result_text)])
    if out is not None:
        write(standing, out, words)
    if speech.is_silent:
        return
    if planned is None:
        click.echo(f"\nNo plan to compare with yet: run `place {file}` first.")
    else:
        click.echo(f"\n{comparison([('standing', standing), ('planned', planned)])}")
        speech.remark(planned)


@cli.command("open")
@click.argument("target", required=False, type=click.Path(path_type=Path), metavar="[RESULT-FOLDER | SCENARIO.yaml]")
@catching
def open_page(target: Path | None) -> None:
    """Open the planner page of a run in the browser (default: the newest one below reports/)."""
    import webbrowser

    from placement.writers.planner_html.finding import find_page

    page = find_page(target)
    click.echo(page)
    if not webbrowser.open(page.resolve().as_uri()):
        click.echo(f"place: found no browser; open {page} in one", err=True)


@cli.command()
@click.argument("result", type=click.Path(path_type=Path), metavar="RESULT.json")
@click.option("--scenario", type=click.Path(path_type=Path), metavar="FILE", help="The scenario (default: looked for nearby).")
@on_scenario
def verify(result: Path, *, scenario: Path | None, overrides: tuple[str, ...], speech: Speech) -> NoReturn:
    """Check a plan and its proof without trusting the solver that found them."""
    from placement.console import verification, verification_document
    from placement.pipeline import verify as check_result

    verified = check_result(result, scenario, overrides)
    if speech.as_json:
        click.echo(json.dumps(verification_document(verified), indent=2, ensure_ascii=False))
    elif not speech.quiet:
        click.echo(verification(verified))
    sys.exit(0 if verified.verdict.is_confirmed else 2)


@cli.command()
@click.argument("name")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@catching
def init(name: str, folder: Path) -> None:
    """Write a commented scenario NAME.yaml that runs as it is."""
    from placement.scenario.template import init_scenario

    written = init_scenario(name, folder)
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"Next: place {written[0]}")


@cli.command()
def schema() -> None:
    """Print the JSON Schema (draft 7) of a scenario, for editors."""
    from placement.scenario.json_schema import schema_json

    click.echo(json.dumps(schema_json(), indent=2))


@cli.command()
@click.argument("family", required=False)
@catching
def describe(family: str | None) -> None:
    """List what a scenario may ask for: tasks, objectives, distances, formats, reports; or all texts of the report."""
    from placement.scenario.describe import describe_family

    click.echo(describe_family(family))


def main() -> None:
    """Run the command."""
    # Looking through every installed package for plugins of pydantic takes a tenth of the time of `place check`.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing here multiplies matrices; starting a thread for each processor would double the cost of importing numpy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cli(prog_name="place")
