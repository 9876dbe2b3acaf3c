"""The public names of the engine: all there, loaded only when used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import placement.kmeans

ROOT = Path(__file__).parents[2]


def test_every_name_is_there_and_has_a_home():
    """What is listed can be had, and nothing else has a home."""
    assert sorted(placement.kmeans._HOMES) == sorted(placement.kmeans.__all__) == sorted(dir(placement.kmeans))
    for name in placement.kmeans.__all__:
        assert getattr(placement.kmeans, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error():
    """As with any module."""
    with pytest.raises(AttributeError, match="no attribute 'KMeens'"):
        placement.kmeans.KMeens  # noqa: B018 - asking for it is the test


def test_one_estimator_does_not_load_the_others():
    """A cold process that wants KMeans pays for KMeans only."""
    code = "import sys; from placement.kmeans import KMeans; print([m for m in sys.modules if m.startswith('placement.kmeans.')])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert "placement.kmeans.estimator" in loaded
    for other in ("mini_batch", "diagnosis", "choice", "k_medians"):
        assert f"placement.kmeans.{other}" not in loaded
