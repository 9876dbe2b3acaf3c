"""The scenario language of `task: compress`: a picture and how many colours it may keep."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from placement.scenario.fields import Many, Positive, Text, no_repeats, one_of
from placement.scenario.spec import LARGEST_SEED, Spec, TaskSpec

COMPRESS_REPORT = ("pdf", "compare")
"""What `report:` may list; the picture of few colours and the whole answer are written always."""

MOST_COLORS = 256
"""What a PNG with a palette can hold."""

ReportWord: Any = one_of(COMPRESS_REPORT)


class ImageSpec(Spec):
    """The picture."""

    file: Text = Field(description="Picture file (PNG, JPEG, TIFF, ...), relative to the scenario.")


class CompressSolver(Spec):
    """How the colours are searched for."""

    n_init: int = Field(3, ge=1, le=1_000, description="Independent starts; the best is kept.")
    seed: int = Field(0, ge=0, le=LARGEST_SEED, description="Same seed, same colours.")
    time_limit: Positive | None = Field(None, description="Stop after this many seconds and keep the best colours.")


class CompressSpec(TaskSpec):
    """A picture to be shown with few colours."""

    task: Literal["compress"] = Field(description="What to do: compress.")
    image: ImageSpec = Field(description="Which picture.")
    colors: int = Field(16, ge=2, le=MOST_COLORS, description="How many colours to keep.")
    solver: CompressSolver = Field(CompressSolver(), description="How long and from which seed to search.")
    report: Annotated[Many[ReportWord], AfterValidator(no_repeats)] = Field(
        ("compare",), description="Files to write beside the picture."
    )
