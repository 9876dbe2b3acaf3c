"""The report as a file: readable by people and machines, accessible, repeatable, safe against any name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pypdf
import pytest
import typst

from helpers import HEADINGS, city_result, desks_result, floor_result, make_result, tiny_result
from placement.core import Demand, Frame
from placement.core.outlook import DemandRange, Failure, OtherBudget, Outlook
from placement.errors import OutputError
from placement.typeset import UNKNOWN_LETTER
from placement.units import format_length
from placement.view.figures import Figures
from placement.writers.pdf import write
from placement.writers.pdf.content import report_content
from placement.writers.pdf.render import render_pdf

WIDE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><rect width="300" height="200" fill="#eee"/></svg>'
TALL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 300"><rect width="200" height="300" fill="#eee"/></svg>'

HOSTILE = '#evil $x$ *b* _i_ `c` <label> @ref // /* \\n [a](b) = H "q" #eval("1")'


OUTLOOK = Outlook(
    budgets=(
        OtherBudget(1, 40.0, None, 8.0, 3.5, 0.4, 2),
        OtherBudget(2, 12.0, 11.5, 3.0, 1.2, 0.8, 4),
        OtherBudget(3, 2.25, None, 1.75, 0.65, 1.0, 5),
    ),
    failures=(Failure("D2", 9.125, 3.625, 0.2), Failure("D1", 8.5, 2.375, 0.6)),
    demand=DemandRange(0.2, 40, 1.125, 1.375),
)


@dataclass(frozen=True)
class Picture:
    """A stand-in for the figures."""

    map_svg: bytes = WIDE
    coverage_svg: bytes = WIDE


@pytest.fixture
def report(tmp_path):
    """Return a function that writes a result's report and opens it."""

    def make(result, map_svg=WIDE):
        [path] = write(result, Picture(map_svg), tmp_path / "out")
        return pypdf.PdfReader(path)

    return make


def text_of(reader):
    """Return the text of all pages with runs of white space and line breaks made one space."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    "result", [tiny_result(radii_m=(2.0, 4.0)), floor_result(), city_result()], ids=["tiny", "floor", "city"]
)
def test_every_number_of_the_score_is_printed(report, result):
    """Worst, mean, median, p95, coverage and each device's numbers stand in the text, in the user's unit."""
    text, unit = text_of(report(result)), result.problem.frame.unit
    score = result.score
    lengths = [score.max_m, score.mean_m, score.median_m, score.p95_m, *(each.radius_m for each in score.coverage)]
    lengths += [value for each in score.devices for value in (each.mean_m, each.median_m, each.p95_m, each.max_m)]
    lengths += [each.distance_m for each in score.worst]
    missing = [
        words for words in {format_length(value, unit) for value in lengths} if not re.search(rf"(?<![\d.,]){words}\b", text)
    ]
    assert missing == []
    assert all(each.demand in text for each in score.worst)


def test_accessible(report):
    """The file is tagged, names its language and title, claims PDF/UA-1 and shows the title in the window."""
    reader = report(tiny_result(name="Small office"))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title == "Small office"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


def test_no_map_without_alternative_text():
    """The typesetter refuses a report whose map has no alternative text: it cannot be forgotten."""
    content = report_content(tiny_result(), WIDE)
    content["map"]["alt"] = None
    with pytest.raises(typst.TypstError):
        render_pdf(content, {"map.svg": WIDE, "coverage.svg": WIDE, "logo": b""})


def test_bookmarks_and_pages(report):
    """Every section has a bookmark, in the order of the vocabulary of headings; pages are counted."""
    reader = report(replace(tiny_result(), outlook=OUTLOOK))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == [word for word in HEADINGS if word not in ("Placement report", "In this report")]
    assert len(reader.pages) <= 7
    for number, page in enumerate(reader.pages, start=1):
        assert f"Page {number} of {len(reader.pages)}" in page.extract_text()


@pytest.mark.parametrize(("svg", "is_wide"), [(WIDE, True), (TALL, False)])
def test_map_page_turns_with_the_map(report, svg, is_wide):
    """A wide map has a landscape page of its own, a tall one a portrait page."""
    box = report(tiny_result(), svg).pages[1].mediabox
    assert (box.width > box.height) is is_wide


def test_same_bytes(tmp_path):
    """The same result gives the same bytes."""
    first, second = (write(floor_result(), Picture(), tmp_path / name)[0].read_bytes() for name in ("a", "b"))
    assert first == second


def test_real_map_stays_vector_with_text(report):
    """The map of the figures goes in whole: its words can be found on the map's page."""
    result = floor_result()
    page = report(result, Figures(result).map_svg).pages[1]
    assert "D1" in page.extract_text()
    assert not [image for image in page.images if image.name.endswith((".png", ".jpg"))]


def test_names_are_never_markup(report):
    """Names full of the typesetter's own signs come out letter by letter."""
    result = tiny_result(name=HOSTILE, device_ids=(HOSTILE, "D2"), warnings=(HOSTILE,))
    result = replace(result, source=replace(result.source, file=f"{HOSTILE}.yaml", data_notes=(HOSTILE,)))
    reader = report(result)
    assert reader.metadata.title == HOSTILE
    text = squeezed(" ".join(page.extract_text() for page in reader.pages[2:]))
    # In the schedule, in the scores (two tables), as data note, as warning, as file and in the command.
    assert text.count(squeezed(HOSTILE)) >= 7


def test_long_names_wrap_and_are_whole(report):
    """A name without any space wraps inside its column and loses no letter."""
    name = "AP_" + "ABCDEFGHIJ" * 12
    reader = report(tiny_result(device_ids=(name, "D2")))
    text = "\n".join(page.extract_text() for page in reader.pages[2:])
    assert max(len(run) for run in re.findall(r"[A-J]+", text)) <= 40
    assert squeezed(text).count(name) >= 2


def test_letters_without_a_shape(report):
    """Letters that the font lacks, control signs and lone surrogates become a replacement sign, and the report says so."""
    text = text_of(report(tiny_result(name="Büro Zürich 中文\x00\x07\ud800")))
    assert f"Büro Zürich {UNKNOWN_LETTER}" in text
    assert "cannot show" in text
    assert "cannot show" not in text_of(report(tiny_result(name="Büro Zürich")))


def test_map_with_letters_without_a_shape(report):
    """A control sign in the map's text does not stop the report."""
    svg = WIDE.replace(b"</svg>", "<text x='9' y='9'>中\x07 · \u2003é</text></svg>".encode())
    assert f"{UNKNOWN_LETTER}{UNKNOWN_LETTER} · " in report(tiny_result(), svg).pages[1].extract_text()


def test_long_tables_are_cut(report):
    """Of 230 devices 200 are printed, the reader is sent to the table file, and the totals are still of all."""
    xy = np.column_stack([np.arange(230.0), np.zeros(230)])
    demand = Demand(tuple(f"S{i}" for i in range(230)), xy, np.ones(230))
    text = text_of(report(make_result(demand, xy)))
    assert "D200" in text
    assert "D201" not in text
    assert text.count("The first 200 of 230 devices; all of them are in devices.csv.") == 2
    assert "All 230 devices 230 " in text


def test_feet(report):
    """Feet are used everywhere once the user writes in feet."""
    text = text_of(report(desks_result(frame=Frame("ft"), radii_m=(3.048,))))
    assert "within the required 10.0 ft" in text
    assert "x [ft]" in text
    assert not re.search(r"\d m\b", text)


def test_map_of_the_earth_has_lonlat(report):
    """Geographic schedules give longitude and latitude to 0.1 m and say how they were projected."""
    result = city_result()
    lonlat = result.problem.frame.to_lonlat(result.plan.device_xy)
    text = text_of(report(result))
    assert all(f"{value:.6f}" in text for value in lonlat.ravel())
    assert "Longitude" in text
    assert "+proj=tmerc" in text


def test_earlier_report_survives_a_failure(tmp_path):
    """A folder that cannot be made is an output error."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        write(tiny_result(), Picture(), tmp_path / "file" / "out")
