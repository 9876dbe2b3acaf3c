"""HiGHS as we use it: silent, on one thread, the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy


def quiet_highs() -> highspy.Highs:
    """Return an empty HiGHS model that prints nothing and takes the same steps in every run."""
    import highspy

    model = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0}
    for name, value in options.items():
        model.setOptionValue(name, value)
    return model
