"""The scenario language for `report:`: a list of files, or a mapping that says besides how the report presents itself."""

from __future__ import annotations

from typing import Annotated, Any, cast

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic.config import JsonDict

from placement.core.presentation import HEADINGS, Paper
from placement.scenario.fields import Many, Positive, Text, no_repeats, one_of
from placement.scenario.spec import Spec
from placement.writers import ALWAYS, OPTIONAL

ReportWord: Any = one_of((*OPTIONAL, *ALWAYS))
Files = Annotated[Many[ReportWord], AfterValidator(no_repeats)]

DEFAULT_FILES = ("pdf", "map")
"""What is written when the scenario does not say."""


class ReportSpec(Spec):
    """Files to write, and how the PDF presents itself."""

    files: Files = Field(DEFAULT_FILES, description="Files to write beside the tables.")
    title: Text | None = Field(None, description="Title of the PDF, in place of the scenario's name.")
    author: Text | None = Field(None, description="Who made the report.")
    client: Text | None = Field(None, description="For whom the report was made.")
    logo: Annotated[Text, Field(pattern=r"(?i)\.(png|svg)\s*$")] | None = Field(
        None, description="PNG or SVG file of a logo, relative to the scenario."
    )
    page: Paper = Field("A4", description="Paper of the PDF.")
    texts: dict[str, Text] = Field(
        {},
        description="Headings of the PDF and what to write in their place.",
        json_schema_extra=cast("JsonDict", {"propertyNames": {"enum": list(HEADINGS)}}),
    )
    price: Positive | None = Field(None, description="Price of one device, for the bill of materials; else that of `devices`.")
    currency: Text | None = Field(None, description="Written behind amounts of money, such as EUR.")


def _list_or_mapping(value: object) -> str:
    return "<mapping>" if isinstance(value, (dict, Spec)) else "<list>"


Report = Annotated[Annotated[Files, Tag("<list>")] | Annotated[ReportSpec, Tag("<mapping>")], Discriminator(_list_or_mapping)]
