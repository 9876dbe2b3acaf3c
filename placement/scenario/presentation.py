"""What a scenario says about the looks of its report, with the logo read and looked at."""

from __future__ import annotations

from pathlib import Path

from placement.core.presentation import Presentation
from placement.errors import Fault, ScenarioError
from placement.scenario.data_files import check_data_file
from placement.scenario.report_schema import ReportSpec
from placement.scenario.scenario import Scenario
from placement.scenario.tree import Loc

LARGEST_LOGO = 2_000_000
"""Bytes; a report of a few pages should not grow by more."""

_LOGO: Loc = ("report", "logo")


def read_presentation(scenario: Scenario) -> Presentation:
    """Return how the report of a scenario presents itself.

    Parameters
    ----------
    scenario : Scenario
        Its `report:` may be a list of files alone; the price of a device may then stand under `devices`.

    Returns
    -------
    Presentation
        With the logo as bytes that can be set.

    Raises
    ------
    ScenarioError
        If the logo is missing, too large or no picture.
    """
    report, price = scenario.spec.report, scenario.spec.devices.price
    if not isinstance(report, ReportSpec):
        return Presentation(price=price)
    return Presentation(
        title=report.title or "",
        author=report.author or "",
        client=report.client or "",
        page=report.page,
        texts=tuple(report.texts.items()),
        logo=b"" if report.logo is None else _logo(scenario, check_data_file(scenario, _LOGO, report.logo)),
        price=report.price or price,
        currency=report.currency or "",
    )


def _logo(scenario: Scenario, path: Path) -> bytes:
    from placement.typeset import is_picture

    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(scenario.fault(_LOGO, f"{path} cannot be read: {error.strerror or error}")) from None
    if len(data) > LARGEST_LOGO:
        allowed = f"at most {LARGEST_LOGO // 1_000_000} MB"
        raise _refused(scenario.fault(_LOGO, f"{path} is larger than a logo should be", allowed=allowed))
    if not is_picture(data):
        raise _refused(scenario.fault(_LOGO, f"{path} is no picture that can be set", allowed="a PNG or SVG file"))
    return data


def _refused(fault: Fault) -> ScenarioError:
    return ScenarioError([fault])
