"""What a run of `task: segment` leaves: result.json, segments.csv, confusion.csv, labels, plots and a report."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.errors import MissingExtraError
from placement.files import write_atomic
from placement.phrases.numbers import percent
from placement.units import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from placement.tasks.confusion import Confusion
    from placement.tasks.segment import Segment, Segmentation

SCHEMA = 1
"""Version of the layout of result.json; it may gain keys, but none changes its meaning."""

OPTIONAL_FILES = ("report.pdf", "labels.csv", "labels.parquet", "elbow.svg", "silhouettes.svg", "profiles.svg")
"""What the words of `report:` write; a file of this name that a run did not write is from an earlier one."""

_FIGURES = 9
_ROWS_AT_ONCE = 100_000


def write(result: Segmentation, folder: Path, only: Sequence[str] | None = None) -> list[Path]:
    """Write the files of a result.

    Parameters
    ----------
    result : Segmentation
        What was found.
    folder : Path
        Made when missing. Each file replaces its predecessor in one step.
    only : sequence of str, optional
        Words of `report:` to write instead of the scenario's.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    OutputError
        If a file cannot be written; earlier files are whole.
    MissingExtraError
        If parquet is asked for and its library is not installed.
    """
    words = result.source.report if only is None else only
    files: dict[str, bytes | str] = {"result.json": result_text(result), "segments.csv": segments_table(result)}
    if result.found is not None:
        files["confusion.csv"] = confusion_table(result)
    files["scenario.resolved.yaml"] = result.source.resolved_at(folder)
    if "csv" in words:
        files["labels.csv"] = labels_table(result)
    if "parquet" in words:
        files["labels.parquet"] = labels_parquet(result)
    if "pdf" in words or "plots" in words:
        from placement.tasks.segment_plots import plots

        drawn = plots(result)
        files |= drawn if "plots" in words else {}
        if "pdf" in words:
            from placement.tasks.segment_report import report_pdf

            files["report.pdf"] = report_pdf(result, drawn)
    return [write_atomic(folder / name, data) for name, data in files.items()]


def result_text(result: Segmentation) -> str:
    """Return the result as JSON text that ends in a newline: the same bytes for the same scenario, data and version."""
    return json.dumps(as_document(result), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_document(result: Segmentation) -> dict[str, Any]:
    """Return the result as plain dicts, lists, texts and numbers, with the keys of ``result.json`` in their order."""
    source = result.source
    return {
        "schema": SCHEMA,
        "version": result.version,
        "task": "segment",
        "scenario": {"name": source.name, "file": source.file, "sha256": source.sha256},
        "seed": result.seed,
        "status": result.status,
        "rows": result.customers.n,
        "set_aside": int(np.count_nonzero(result.labels < 0)),
        "features": list(result.customers.names),
        "wcss": _number(result.inertia),
        "clusters": _choice(result),
        "segments": [_segment(one, result.customers.names) for one in result.segments],
        "truth": None if result.found is None else _comparison(result.found),
        "cut": None if result.cut is None else _comparison(result.cut),
        "warnings": list(result.warnings),
        "notes": list(source.data_notes),
    }


def _number(value: float) -> float | None:
    return float(f"{value:.{_FIGURES}g}") + 0.0 if math.isfinite(value) else None


def _choice(result: Segmentation) -> dict[str, Any]:
    chosen = result.chosen
    if chosen is None:
        return {"k": len(result.segments), "rule": None, "why": "the scenario says so", "rows": 0, "table": []}
    rows = [{key: value if key == "k" else _number(value) for key, value in one._asdict().items()} for one in chosen.table]
    return {"k": chosen.k, "rule": chosen.rule, "why": chosen.why, "rows": result.n_looked_at, "table": rows}


def _segment(one: Segment, names: Sequence[str]) -> dict[str, Any]:
    statistics = {
        name: {
            "mean": _number(one.mean[j]),
            "median": _number(one.median[j]),
            "std": _number(one.std[j]),
            "min": _number(one.smallest[j]),
            "max": _number(one.largest[j]),
            "deviation": _number(one.deviation[j]),
        }
        for j, name in enumerate(names)
    }
    head = {"id": one.id, "name": one.name, "size": one.size, "share": _number(one.share), "silhouette": _number(one.silhouette)}
    return {**head, "features": statistics}


def _comparison(table: Confusion) -> dict[str, Any]:
    return {
        "groups": list(table.groups),
        "found": list(table.found),
        "counts": table.counts.tolist(),
        "agreement": _number(table.agreement),
        "adjusted_rand": _number(table.adjusted_rand),
    }


def segments_table(result: Segmentation) -> str:
    """Return one line for each segment and feature, in original units."""
    header = ("segment", "name", "customers", "share", "feature", "mean", "median", "std", "min", "max", "deviation")
    rows = (
        (one["id"], one["name"], one["size"], one["share"], feature, *(numbers[key] for key in header[5:]))
        for one in as_document(result)["segments"]
        for feature, numbers in one["features"].items()
    )
    return _csv(header, rows)


def confusion_table(result: Segmentation) -> str:
    """Return one line for each known group and each segment or band: how many rows are in both."""
    tables = [(by, table) for by, table in (("segments", result.found), ("cut", result.cut)) if table is not None]
    rows = (
        (by, group, found, int(table.counts[i, j]))
        for by, table in tables
        for i, group in enumerate(table.groups)
        for j, found in enumerate(table.found)
    )
    return _csv(("by", "group", "found", "customers"), rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return stream.getvalue()


def _labels(result: Segmentation) -> dict[str, Any]:
    """Return the columns of the labelled table; the segment is empty where a row was set aside."""
    customers = result.customers
    names = np.array([*(one.id for one in result.segments), ""], dtype=object)
    ids = np.arange(1, customers.n + 1) if customers.ids is None else np.array(customers.ids, dtype=object)
    columns: dict[str, Any] = {"id": ids, "segment": names[result.labels]}
    columns |= {f"feature {name}" if name in columns else name: customers.values[:, j] for j, name in enumerate(customers.names)}
    if customers.truth is not None:
        columns["known_group"] = np.array(customers.groups, dtype=object)[customers.truth]
    return columns


def labels_table(result: Segmentation) -> str:
    """Return one line for each row of the table, with its segment and its features in original units."""
    columns = _labels(result)
    parts = [_csv(tuple(columns), [])]
    for start in range(0, result.customers.n, _ROWS_AT_ONCE):
        cells = [_cells(column[start : start + _ROWS_AT_ONCE].tolist()) for column in columns.values()]
        parts.append("\n".join(map(",".join, zip(*cells, strict=True))) + "\n")
    return "".join(parts)


def _cells(values: list[Any]) -> list[str]:
    if not isinstance(values[0], str):
        return [repr(value) for value in values]
    # Segments and groups are few: each is quoted once.
    quoted = {word: _csv((word, ""), [])[:-2] for word in set(values)}
    return [quoted[word] for word in values]


def labels_parquet(result: Segmentation) -> bytes:
    """Return the labelled table as Parquet, words as dictionaries.

    Raises
    ------
    MissingExtraError
        If the library is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("report: parquet", "geo") from error
    stream = io.BytesIO()
    parquet.write_table(pa.table({name: pa.array(column) for name, column in _labels(result).items()}), stream)
    return stream.getvalue()


def summary(result: Segmentation) -> str:
    """Return the result as text for a terminal: each segment, why there are so many, and how they agree with what is known."""
    lines = [f"{result.source.name}: {count(len(result.segments), 'segment')} of {count(result.customers.n, 'customer')}", ""]
    width = max(len(one.name) for one in result.segments)
    lines += [f"  {one.id:<4} {one.name:<{width}} {one.size:>11,} {100 * one.share:5.1f} %" for one in result.segments]
    n_aside = int(np.count_nonzero(result.labels < 0))
    lines += [f"  set aside as outliers: {n_aside:,}"] if n_aside else []
    if result.chosen is not None:
        lines += ["", f"{count(result.chosen.k, 'segment')}: {result.chosen.why}"]
    if result.found is not None:
        lines += ["", agreement_sentence(result)]
    return "\n".join(lines)


def agreement_sentence(result: Segmentation) -> str:
    """Return how well segments, and bands of one feature, agree with the known groups; empty when none are known."""
    if result.found is None:
        return ""
    said = f"Agreement with the known groups: {percent(result.found.agreement)} of the customers"
    if result.cut is None:
        return f"{said}."
    return f"{said}; bands of one feature alone, as large as the groups, reach {percent(result.cut.agreement)}."
