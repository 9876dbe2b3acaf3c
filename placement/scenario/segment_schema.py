"""The scenario language of `task: segment`: a table of customers, how to look at it, and into how many groups it falls."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from placement.scenario.fields import Many, Positive, Some, Text, no_repeats, one_of
from placement.scenario.spec import LARGEST_SEED, Spec, TaskSpec

SEGMENT_REPORT = ("pdf", "plots", "csv", "parquet")
"""What `report:` may list; sizes, statistics and the whole answer are written always."""

MOST_CLUSTERS = 1_000

Columns = Annotated[Many[Text], AfterValidator(no_repeats)]
SomeColumns = Annotated[Some[Text], AfterValidator(no_repeats)]
ReportWord: Any = one_of(SEGMENT_REPORT)
Count = Annotated[int, Field(ge=1, le=MOST_CLUSTERS)]


class TableFile(Spec):
    """A table in a data file: one row for each customer."""

    file: Text = Field(description="Table (CSV, Excel or Parquet), relative to the scenario.")
    id: Text | None = Field(None, description="Column of names; rows are numbered when left out.")
    features: SomeColumns = Field(description="Columns of numbers that the segments are made from.")
    log: Columns = Field((), description="Features compared by ratio, not by difference: the logarithm of 1 + value is used.")
    categories: Columns = Field((), description="Columns of words: each word becomes a feature that is 0 or 1.")
    multi: Columns = Field((), description="Columns of lists such as 'apples, juice': each entry becomes a feature.")


class GeneratedTable(Spec):
    """A table that the program makes up, with segments planted in it."""

    generate: Literal["customers"] = Field(description="Which table to make up.")
    rows: int = Field(ge=1, le=100_000_000, description="How many customers.")
    seed: int = Field(0, ge=0, le=LARGEST_SEED, description="Same seed, same table.")
    features: SomeColumns = Field(
        ("total_spend", "frequency", "recency", "avg_order_value"), description="Columns that the segments are made from."
    )
    log: Columns = Field((), description="Features compared by ratio, not by difference: the logarithm of 1 + value is used.")


class ClusterRange(Spec):
    """A range of numbers of segments, and the rule that chooses among them."""

    from_: Count = Field(alias="from", description="Fewest segments to try.")
    to: Count = Field(description="Most segments to try.")
    rule: Literal["knee", "silhouette"] = Field("knee", description="Choose by the bend of the elbow curve or by the silhouette.")


class OutliersSpec(Spec):
    """What happens to rows far from all others."""

    trim: float = Field(gt=0, le=0.4, description="Share of rows, the farthest, that belong to no segment.")


class SegmentSolver(Spec):
    """How the segments are searched for."""

    n_init: int = Field(10, ge=1, le=100_000, description="Independent starts; the best is kept.")
    seed: int = Field(0, ge=0, le=LARGEST_SEED, description="Same seed, same segments.")
    time_limit: Positive | None = Field(None, description="Stop after this many seconds and keep the best segments.")


def _table_form(value: object) -> str | None:
    if isinstance(value, GeneratedTable) or (isinstance(value, dict) and "generate" in value):
        return "<generated>"
    return "<file>" if isinstance(value, (dict, Spec)) else None


def _count_or_range(value: object) -> str:
    return "<range>" if isinstance(value, (dict, Spec)) else "<count>"


TableForm = Annotated[
    Annotated[TableFile, Tag("<file>")] | Annotated[GeneratedTable, Tag("<generated>")], Discriminator(_table_form)
]
Clusters = Annotated[Annotated[Count, Tag("<count>")] | Annotated[ClusterRange, Tag("<range>")], Discriminator(_count_or_range)]


class SegmentSpec(TaskSpec):
    """A table of customers and the segments to find in it."""

    task: Literal["segment"] = Field(description="What to do: segment.")
    table: TableForm = Field(description="The customers: a file, or a table that the program makes up.")
    scale: Literal["standard", "min-max", "robust", "none"] = Field(
        "standard", description="How features are made comparable before distances are measured."
    )
    clusters: Clusters = Field(description="How many segments: a number, or {from, to, rule} to choose.")
    outliers: OutliersSpec | None = Field(None, description="Rows to set aside.")
    truth: Text | None = Field(None, description="Column of known groups, to compare with; never used to find the segments.")
    cut: Text | None = Field(None, description="With truth: the one feature whose bands the segments are compared with.")
    solver: SegmentSolver = Field(SegmentSolver(), description="How long and from which seed to search.")
    report: Annotated[Many[ReportWord], AfterValidator(no_repeats)] = Field(
        ("pdf", "plots", "csv"), description="Files to write beside the statistics."
    )
