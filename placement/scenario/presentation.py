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
_TEXTS: Loc = ("report", "texts")


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
        If the logo is missing, too large or no picture, or a file of phrases is not what it should be.
    """
    report, price = scenario.spec.report, scenario.spec.devices.price
    if not isinstance(report, ReportSpec):
        return Presentation(price=price)
    return Presentation(
        title=report.title or "",
        author=report.author or "",
        client=report.client or "",
        page=report.page,
        language=report.language,
        texts=_texts(scenario, report.texts),
        logo=b"" if report.logo is None else _logo(scenario, check_data_file(scenario, _LOGO, report.logo)),
        price=report.price or price,
        currency=report.currency or "",
    )


def _texts(scenario: Scenario, texts: dict[str, str] | str) -> tuple[tuple[str, str], ...]:
    if not isinstance(texts, str):
        return tuple(texts.items())
    from placement.scenario.report_texts import read_texts

    path = check_data_file(scenario, _TEXTS, texts)
    try:
        found, faults = read_texts(path)
    except OSError as error:
        raise _refused(scenario.fault(_TEXTS, f"{path} cannot be read: {error.strerror or error}")) from None
    except UnicodeDecodeError:
        raise _refused(scenario.fault(_TEXTS, f"{path} is not UTF-8 text", fix="save it as UTF-8 in your editor")) from None
    if faults:
        raise ScenarioError(faults)
    return tuple(found.items())


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
