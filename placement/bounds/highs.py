"""HiGHS as we use it: silent, on one thread, the same every time, ready to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from placement.progress import Watch

if TYPE_CHECKING:
    import highspy


def quiet_highs(watch: Watch | None = None) -> highspy.Highs:
    """Return an empty HiGHS model: silent, the same steps in every run, and a MIP stops when `watch` says so."""
    import highspy

    model: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("parallel", "off")
    model.setOptionValue("random_seed", 0)
    model.setOptionValue("simplex_scale_strategy", 0)

    def ask(event: Any) -> None:
        if watch is not None and watch.stop_reason() is not None:
            event.interrupt()

    if watch is not None:
        model.cbMipInterrupt.subscribe(ask)
    return model


ENTRIES = 10_000
"""Entries of a program whose simplex steps count as one each."""


def steps_taken(model: highspy.Highs) -> int:
    """Return how many simplex steps the last run took, at least 1, counted in steps of a program with 10,000 entries."""
    return max(1, int(model.getInfo().simplex_iteration_count * max(1.0, model.getNumNz() / ENTRIES)))


def highs_version() -> str:
    """Return how a certificate names the solver: ``"HiGHS 1.15.1"``."""
    import highspy

    return f"HiGHS {highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}.{highspy.HIGHS_VERSION_PATCH}"
