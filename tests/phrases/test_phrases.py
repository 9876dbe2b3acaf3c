"""Phrases: every language says what English says, and numbers stand in its marks."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from helpers import HEADINGS, floor_result, tiny_result
from placement.core.presentation import Presentation
from placement.metrics import measure
from placement.phrases import ENGLISH, Words, allowed_parts, english, languages, parts_of, phrases, words_of
from placement.phrases.numbers import NOTHING
from placement.scenario.describe import describe_family
from placement.writers.pdf.content import report_content


def spoken(result, **look):
    """Return the result with another presentation."""
    result = replace(result, score=measure(result.problem, result.plan))
    return replace(result, source=replace(result.source, presentation=Presentation(**look)))


@pytest.mark.parametrize("language", languages())
def test_every_language_is_complete(language):
    """Each has the keys of English in the same order, and only parts that go in."""
    assert list(phrases(language)) == list(phrases(ENGLISH))
    assert all(isinstance(phrase, str) and phrase for phrase in phrases(language).values())
    assert all(parts_of(phrase) <= allowed_parts(key) for key, phrase in phrases(language).items())


@pytest.mark.parametrize("language", languages())
def test_no_number_is_lost(language):
    """A translation has every part of the English phrase, in one form or the other."""

    def bare(parts):
        return {part.removesuffix("_begun_small") for part in parts}

    lost = [key for key, phrase in phrases(language).items() if bare(parts_of(phrase)) != bare(allowed_parts(key))]
    assert lost == []


def test_headings_are_their_own_keys():
    """So that what a scenario said before there were phrases still holds."""
    assert {heading: phrases(ENGLISH)[heading] for heading in HEADINGS} == {heading: heading for heading in HEADINGS}


def test_numbers_have_the_marks_of_the_language():
    """Decimal comma and dots between thousands in German; a dash stays a dash."""
    german = Words(phrases("de"), "m")
    assert (german.length(1234.0), german.length(12.345), german.length(None)) == ("1.234 m", "12,35 m", NOTHING)
    assert (german.percent(0.875), german.percent(1e-6), german.percent(1.0)) == ("87,5 %", "unter 0,1 %", "100 %")
    assert (german.amount(12345.5), german.number(1234), german.coordinate(1.5, "m")) == ("12.345,5", "1.234", "1,50")
    assert german.value(1.0, "devices") == "1 Gerät"


def test_no_english_phrase_is_left_in_a_german_report():
    """No paragraph, heading, caption or cell of the whole report is an English one, but for names and what solvers say."""
    result = floor_result(radii_m=(8.0, 12.0), n_fixed=1)
    contents = [report_content(spoken(result, language=tag), b"<svg/>") for tag in ("en", "de")]
    own, german = (json.dumps([content, *content.pop("headings").values()]) for content in contents)
    english_only = {text for key, text in phrases(ENGLISH).items() if len(text) > 12 and text != phrases("de")[key]}
    pieces = {piece for text in english_only for piece in re.split(r"\{\w+\}", text) if len(piece) > 12}
    used = {piece for piece in pieces if json.dumps(piece)[1:-1] in own}
    assert len(used) > 60
    assert {piece for piece in used if json.dumps(piece)[1:-1] in german} == set()


def test_texts_of_the_scenario_come_first():
    """They replace single phrases of any language; the others stay."""
    words = words_of(spoken(tiny_result(), language="de", texts=(("Summary", "Kurz"), ("noun.device.many", "{n} AP"))))
    assert (words("Summary"), words.counted("noun.device", 3), words("Results")) == ("Kurz", "3 AP", "Ergebnisse")
    other = words_of(spoken(tiny_result(), language="fr", texts=(("Summary", "Résumé"),)))
    assert (other("Summary"), other("Results")) == ("Résumé", "Results")


@pytest.mark.parametrize("phrase", ["{", "}", "{0}", "{a.b}", "{a!r}", "{a:>9}", "{a b}", "{}"])
def test_odd_braces_are_refused(phrase):
    """Only names stand in braces: no attribute, no format, nothing that could reach into the program."""
    with pytest.raises(ValueError, match=r"."):
        parts_of(phrase)


def test_unknown_language():
    """The text lists those that there are."""
    with pytest.raises(ValueError, match="there are de, en"):
        phrases("xx")


def test_description_is_a_file_of_phrases():
    """What the command prints can be translated and given back."""
    import yaml

    assert yaml.safe_load(describe_family("texts")) == dict(phrases(ENGLISH))


def test_units_are_those_of_the_user():
    """Areas and lengths follow the unit."""
    assert (english("ft").length(3.048), english("ft").area(0.3048**2)) == ("10.0 ft", "1.0")


@pytest.mark.parametrize("language", languages())
def test_words_of_the_status_fit_their_column(language):
    """Longer ones would be broken in the schedule, which has no room for a wider column."""
    assert max(len(phrases(language)[f"status.{status}"]) for status in ("new", "fixed", "candidate")) <= 5
