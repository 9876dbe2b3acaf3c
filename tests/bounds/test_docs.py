"""The examples of the reference can be followed by hand."""

from __future__ import annotations

import doctest
from pathlib import Path


def test_the_examples_of_the_reference_hold() -> None:
    """Every number in docs/certificates.md is what Python says."""
    done = doctest.testfile(str(Path(__file__).parents[2] / "docs" / "certificates.md"), module_relative=False)
    assert done.attempted > 20
    assert not done.failed
