"""HiGHS as we use it: silent, on one thread, the same every time, ready to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from placement.core.certificate import Certificate
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


ROUNDING = 1e-9
"""Share by which a proof may fall short of a solver's word and still replace it."""
ENTRIES = 10_000
"""Entries of a program whose simplex steps count as one each."""


def steps_taken(model: highspy.Highs) -> int:
    """Return how many simplex steps the last run took, at least 1, counted in steps of a program with 10,000 entries."""
    return max(1, int(model.getInfo().simplex_iteration_count * max(1.0, model.getNumNz() / ENTRIES)))


def highs_version() -> str:
    """Return how a certificate names the solver: ``"HiGHS 1.15.1"``."""
    import highspy

    return f"HiGHS {highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}.{highspy.HIGHS_VERSION_PATCH}"


def word_of_solver(bound: float, claim: str, proof: Certificate | None, sense: Literal["min", "max"]) -> Certificate:
    """Return the better of a solver's word and a proof that can be recomputed; the word takes a weaker proof with it.

    Parameters
    ----------
    bound : float
        What HiGHS says.
    claim : str
        The same in words: "no choice of 3 sites ...".
    proof : Certificate or None
        Of the same problem.
    sense : {"min", "max"}
        Whether a larger or a smaller bound is better.
    """
    sign = 1 if sense == "min" else -1
    if proof is not None and sign * (proof.bound - bound) >= -ROUNDING * abs(bound):
        return proof
    beside = None if proof is None else {"kind": proof.kind, "bound": proof.bound, "data": proof.data}
    return Certificate("solver", bound, {"solver": highs_version(), "claim": claim, "beside": beside})
