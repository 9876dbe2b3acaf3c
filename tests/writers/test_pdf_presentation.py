"""Whose report it is: title, author, client, logo, paper and headings; and how large reports stay small."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace

import numpy as np
import pypdf
import pytest

from helpers import make_result, tiny_result
from placement.core import Demand
from placement.core.presentation import Presentation
from placement.metrics import measure
from placement.typeset import is_picture
from placement.view.figures import Figures
from placement.writers.pdf import write
from placement.writers.pdf.appendix import LINE_LETTERS, LONGEST_LISTING, settings

WIDE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><rect width="300" height="200" fill="#eee"/></svg>'
HOSTILE = '#evil $x$ *b* <label> @ref #eval("1")'


@dataclass(frozen=True)
class Picture:
    """A stand-in for the figures."""

    map_svg: bytes = WIDE
    coverage_svg: bytes = WIDE


def png(size=(60, 20)):
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGBA", size, (20, 80, 120, 128)).save(stream, "png")
    return stream.getvalue()


@pytest.fixture
def report(tmp_path):
    """Return a function that writes the report of a small plan with some presentation and opens it."""

    def make(**look):
        result = tiny_result()
        result = replace(result, source=replace(result.source, presentation=Presentation(**look)))
        [path] = write(result, Picture(), tmp_path)
        return pypdf.PdfReader(path)

    return make


def text_of(reader, pages=slice(None)):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages[pages]))


def test_title_author_and_client(report):
    """They stand on the first page and in the file's data; names are never markup."""
    reader = report(title="A new title", author="Ann & Co", client=HOSTILE)
    assert reader.metadata.title == "A new title"
    assert reader.metadata.author == "Ann & Co"
    first = re.sub(r"\s+", " ", reader.pages[0].extract_text())
    assert f"Prepared for {HOSTILE} by Ann & Co" in first
    assert "By Ann" in text_of(report(author="Ann"))
    assert report().metadata.author == "placement"


@pytest.mark.parametrize(("page", "width"), [("A4", 595), ("Letter", 612)])
def test_paper(report, page, width):
    """Every page has the paper that was asked for, upright or on its side."""
    for sheet in report(page=page).pages:
        assert round(min(sheet.mediabox.width, sheet.mediabox.height)) == width


def test_headings_are_replaced(report):
    """Bookmarks and pages have the words of the user; other headings stay."""
    reader = report(texts=(("Summary", "Zusammenfassung"), ("Coverage", HOSTILE)))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[0] == "Zusammenfassung"
    assert HOSTILE in titles
    assert "Summary" not in titles
    assert "Results" in titles


@pytest.mark.parametrize("logo", [png(), png((20, 60)), WIDE], ids=["wide", "tall", "svg"])
def test_logo_is_set_with_a_text_for_who_cannot_see_it(report, logo):
    """PNG and SVG go in; PDF/UA refuses a picture without words, so there are some."""
    assert is_picture(logo)
    reader = report(logo=logo, author="Ann")
    assert len(reader.pages[0].extract_text()) > 0
    assert b"Logo of Ann" in b"".join(_alternatives(reader))


def _alternatives(reader):
    """Yield the alternative texts of the file."""
    for number in range(1, reader.trailer["/Size"]):
        thing = reader.get_object(number)
        if isinstance(thing, dict) and "/Alt" in thing:
            yield str(thing["/Alt"]).encode()


@pytest.mark.parametrize("data", [b"", b"this is text", png()[:40], b"<svg", b"\xff\xfe\x00"])
def test_no_picture(data):
    """What cannot be set is told beforehand."""
    assert not is_picture(data)


def test_sections_are_spoken_of_by_their_new_headings(report):
    """A sentence that sends the reader to a section names it as the reader finds it."""
    text = text_of(report(texts=(("Method and proof", "How we know"),)))
    assert "see “How we know”" in text
    assert "Method and proof" not in text


def test_a_logo_may_not_be_huge():
    """A small file can hold a picture that fills the memory."""
    assert not is_picture(png((5000, 4000)))


def test_same_bytes_with_logo(tmp_path):
    """A logo changes nothing about repeatability."""
    result = tiny_result()
    result = replace(result, source=replace(result.source, presentation=Presentation(logo=png(), author="Ann")))
    first, second = (write(result, Picture(), tmp_path / name)[0].read_bytes() for name in "ab")
    assert first == second


def test_large_report_stays_small(tmp_path):
    """3,000 demand points and 210 devices: below 5 MB, tables cut with a pointer to the file that has all."""
    rng = np.random.default_rng(3)
    demand = Demand(tuple(f"P{i}" for i in range(3000)), rng.random((3000, 2)) * 500, np.ones(3000))
    result = make_result(demand, rng.random((210, 2)) * 500, radii_m=(20.0,))
    result = replace(result, score=measure(result.problem, result.plan))
    [path] = write(result, Figures(result), tmp_path)
    assert path.stat().st_size < 5_000_000
    text = text_of(pypdf.PdfReader(path), pages=slice(2, None))
    assert text.count("The first 200 of 210 devices; all of them are in devices.csv.") == 2
    assert "All distances are in assignment.csv." in text


def test_long_settings_are_cut_with_a_pointer():
    """Long lines are folded, nothing is lost in them, and a long scenario ends with the name of its file."""
    result = tiny_result()
    long = "name: " + "x" * 300
    shown = settings(replace(result, source=replace(result.source, resolved_yaml=f"{long}\n")))
    lines = [line for column in shown["columns"] for line in column]
    assert max(map(len, lines)) <= LINE_LETTERS
    assert "".join(line.strip() for line in lines).replace(" ", "") == long.replace(" ", "")
    many = settings(replace(result, source=replace(result.source, resolved_yaml="a: 1\n" * (LONGEST_LISTING + 9))))
    assert sum(map(len, many["columns"])) == LONGEST_LISTING
    assert many["note"] == "9 more lines; scenario.resolved.yaml has all."


def test_language_of_the_document(report):
    """A German report says so to screen readers, has German headings, tables and pages, and German numbers."""
    reader = report(language="de")
    assert reader.trailer["/Root"]["/Lang"] == "de"
    text = text_of(reader)
    for words in ("Zusammenfassung", "Tabelle 1", "Seite 1 von", "Zu platzieren: 2 Geräte", "1,20 m", "Alle 2 Geräte"):
        assert words in text
    assert "The task was" not in text
    assert report(language="pt-BR", texts=(("Summary", "Resumo"),)).trailer["/Root"]["/Lang"] == "pt-BR"


def test_a_brace_in_a_heading_is_printed_once(report):
    """Twice is how a phrase is written, headings as well as sentences."""
    text = text_of(report(texts=(("Summary", "In {{brief}}"), ("Results", "{{Figures}}"))))
    assert "In {brief}" in text
    assert "{{" not in text
