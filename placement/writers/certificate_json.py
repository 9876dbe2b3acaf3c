"""certificate.json: the proof of a bound, and the devices to the last digit, so that anybody can check both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from placement.core.certificate import CERTIFICATE_FILE
from placement.errors import OutputError
from placement.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core import Result
    from placement.view.figures import Figures

SCHEMA = 1
"""Version of the layout; it may gain keys, but none changes its meaning."""


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write ``certificate.json`` and return its path; without a proof, take away that of an earlier run."""
    path = folder / CERTIFICATE_FILE
    if result.plan.certificate is not None:
        return [write_atomic(path, certificate_text(result))]
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot remove {path}, which is of an earlier run: {error.strerror or error}") from error
    return []


def certificate_text(result: Result) -> str:
    """Return the proof as JSON text in one line, numbers with all their digits.

    ``devices_m`` are the places of the devices in planning metres, in the order of ``result.json``, where they are rounded: a
    covered point may lie exactly on the radius.
    """
    proof = result.plan.certificate
    assert proof is not None  # noqa: S101 - `write` asks only then
    document = {
        "schema": SCHEMA,
        "kind": proof.kind,
        "bound": proof.bound,
        "devices_m": result.plan.device_xy.tolist(),
        "data": proof.data,
    }
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False) + "\n"
