"""What a run of `task: compress` leaves: result.json, the picture in few colours, a picture to compare, and a report."""

from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.files import write_atomic
from placement.sections import picture, png_in_svg, render_report, table, text
from placement.units import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from placement.tasks.compress import Compressed

SCHEMA = 1
"""Version of the layout of result.json; it may gain keys, but none changes its meaning."""

OPTIONAL_FILES = ("report.pdf", "compare.png")
"""What the words of `report:` write; a file of this name that a run did not write is from an earlier one."""

_GAP, _STRIP = 16, 48


def write(result: Compressed, folder: Path, only: Sequence[str] | None = None) -> list[Path]:
    """Write the files of a result.

    Parameters
    ----------
    result : Compressed
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
    """
    words = result.source.report if only is None else only
    files: dict[str, bytes | str] = {"result.json": result_text(result), "picture.png": result.png}
    files["scenario.resolved.yaml"] = result.source.resolved_at(folder)
    if "compare" in words or "pdf" in words:
        beside = side_by_side(result)
        if "compare" in words:
            files["compare.png"] = beside
        if "pdf" in words:
            files["report.pdf"] = _report(result, beside)
    return [write_atomic(folder / name, data) for name, data in files.items()]


def result_text(result: Compressed) -> str:
    """Return the result as JSON text that ends in a newline: the same bytes for the same scenario, data and version."""
    return json.dumps(as_document(result), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_document(result: Compressed) -> dict[str, Any]:
    """Return the result as plain dicts, lists, texts and numbers, with the keys of ``result.json`` in their order."""
    source = result.source
    height, width = result.labels.shape
    counts = np.bincount(result.labels.ravel(), minlength=len(result.palette))
    return {
        "schema": SCHEMA,
        "version": result.version,
        "task": "compress",
        "scenario": {"name": source.name, "file": source.file, "sha256": source.sha256},
        "seed": result.seed,
        "status": result.status,
        "width": width,
        "height": height,
        "colors_before": result.n_colors_before,
        "bytes": {
            "plain": 3 * width * height,
            "file_before": result.bytes_before,
            "png_before": result.bytes_png_before,
            "png_after": len(result.png),
        },
        "psnr_db": round(result.psnr_db, 6) if math.isfinite(result.psnr_db) else None,
        "palette": [{"color": _hex(color), "pixels": int(count)} for color, count in zip(result.palette, counts, strict=True)],
        "warnings": list(result.warnings),
        "notes": list(source.data_notes),
    }


def _hex(color: Sequence[int]) -> str:
    return "#" + "".join(f"{int(channel):02x}" for channel in color)


def side_by_side(result: Compressed) -> bytes:
    """Return one PNG: the picture as given, the one in few colours, and below them the palette by share."""
    from PIL import Image

    height, width = result.labels.shape
    sheet = np.full((height + _GAP + _STRIP, 2 * width + _GAP, 3), 255, dtype=np.uint8)
    sheet[:height, :width] = result.pixels
    sheet[:height, width + _GAP :] = result.palette[result.labels]
    counts = np.bincount(result.labels.ravel(), minlength=len(result.palette))
    edges = np.rint(np.concatenate([[0], np.cumsum(counts)]) / counts.sum() * sheet.shape[1]).astype(int)
    for color, left, right in zip(result.palette, edges[:-1], edges[1:], strict=True):
        sheet[-_STRIP:, left:right] = color
    stream = io.BytesIO()
    Image.fromarray(sheet).save(stream, "png", compress_level=6)
    return stream.getvalue()


def summary(result: Compressed) -> str:
    """Return the result as text for a terminal."""
    height, width = result.labels.shape
    colors = f"{count(len(result.palette), 'colour')} instead of {result.n_colors_before:,}"
    return "\n".join(
        [
            f"{result.source.name}: {width} x {height} pixels, {colors}",
            "",
            *(f"  {name:<38} {value}" for name, value in _sizes(result)),
        ]
    )


def _sizes(result: Compressed) -> list[tuple[str, str]]:
    height, width = result.labels.shape
    loss = f"{result.psnr_db:.2f} dB" if math.isfinite(result.psnr_db) else "nothing lost"
    return [
        ("plain, 3 bytes for each pixel", f"{3 * width * height:,} bytes"),
        ("file as given", f"{result.bytes_before:,} bytes"),
        ("as PNG, all colours", f"{result.bytes_png_before:,} bytes"),
        (f"as PNG, {count(len(result.palette), 'colour')}", f"{len(result.png):,} bytes"),
        ("likeness (PSNR)", loss),
    ]


def _report(result: Compressed, beside: bytes) -> bytes:
    document = as_document(result)
    n = result.labels.size
    colors = [(row["color"], f"{row['pixels']:,}", f"{100 * row['pixels'] / n:.1f} %") for row in document["palette"]]
    caption = f"Left as given, right with {count(len(result.palette), 'colour')}; below, the colours by the share of pixels."
    sections = [
        {"title": "The pictures", "blocks": [picture("compare.svg", caption, caption)]},
        {
            "title": "Sizes",
            "blocks": [
                table("Size before and after", [("What", 3.0, False), ("Size", 1.5, True)], _sizes(result)),
                text("A JPEG of the same picture may be smaller: it drops detail that the eye misses, and keeps all colours."),
            ],
        },
        {
            "title": "Palette",
            "blocks": [
                table("From dark to light", [("Colour", 1.0, False), ("Pixels", 1.0, True), ("Share", 1.0, True)], colors)
            ],
        },
    ]
    words = {
        "description": f"A picture in {count(len(result.palette), 'colour')}.",
        "headlines": [
            {"value": f"{len(result.palette)}", "label": f"colours instead of {result.n_colors_before:,}"},
            {"value": f"{len(result.png) / result.bytes_png_before:.0%}".replace("%", " %"), "label": "of the size of the PNG"},
            {"value": _sizes(result)[-1][1], "label": "likeness (PSNR)"},
        ],
        "summary": [
            f"The picture is shown with the {len(result.palette)} colours that make the sum of squared colour differences small.",
            *result.warnings,
        ],
        "sections": sections,
    }
    facts = [("Program", f"placement {result.version}"), ("Seed", f"seed {result.seed}")]
    return render_report(result.source, facts, words, {"compare.svg": png_in_svg(beside)})
