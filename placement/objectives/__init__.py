"""What makes a plan good: one file a choice, its name the word after `objective:` in the YAML."""

from collections.abc import Callable

from placement.core.protocols import Objective
from placement.objectives.k_means import KMeansObjective
from placement.objectives.max_cover import MaxCoverObjective
from placement.objectives.p_center import PCenterObjective
from placement.objectives.p_median import PMedianObjective
from placement.objectives.set_cover import SetCoverObjective

OBJECTIVES: dict[str, Callable[..., Objective]] = {
    "k_means": KMeansObjective,
    "p_median": PMedianObjective,
    "p_center": PCenterObjective,
    "max_cover": MaxCoverObjective,
    "set_cover": SetCoverObjective,
}
