"""The scenario language for `report:`: a list of files, or a mapping that says besides how the report presents itself."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag

from placement.core.presentation import Paper
from placement.scenario.fields import Many, Positive, Text, no_repeats, one_of
from placement.scenario.spec import Spec
from placement.writers import ALWAYS, OPTIONAL

ReportWord: Any = one_of((*OPTIONAL, *ALWAYS))
Files = Annotated[Many[ReportWord], AfterValidator(no_repeats)]

TAG = r"^[a-z]{2,3}(-[A-Z]{2})?$"
"""How the tag of a language is written."""

DEFAULT_FILES = ("pdf", "map")
"""What is written when the scenario does not say."""


def _with_keys(schema: dict[str, Any]) -> None:
    from placement.phrases import ENGLISH, phrases

    schema["propertyNames"] = {"enum": list(phrases(ENGLISH))}


def _text_or_mapping(value: object) -> str:
    return "<text>" if isinstance(value, str) else "<mapping>"


Texts = Annotated[Annotated[dict[str, Text], Tag("<mapping>")] | Annotated[Text, Tag("<text>")], Discriminator(_text_or_mapping)]
"""Phrases by their keys, or the name of a file of them."""


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
    language: Annotated[str, Field(pattern=TAG)] = Field(
        "en", description="Language of the PDF, such as de; one that is not shipped needs `texts`."
    )
    texts: Texts = Field(
        {},
        description="Phrases of the PDF by their keys and what to write in their place, or a YAML file of them.",
        json_schema_extra=_with_keys,
    )
    price: Positive | None = Field(None, description="Price of one device, for the bill of materials; else that of `devices`.")
    currency: Text | None = Field(None, description="Written behind amounts of money, such as EUR.")


def _list_or_mapping(value: object) -> str:
    return "<mapping>" if isinstance(value, (dict, Spec)) else "<list>"


Report = Annotated[Annotated[Files, Tag("<list>")] | Annotated[ReportSpec, Tag("<mapping>")], Discriminator(_list_or_mapping)]
