"""What a plan may minimise: one file a choice, its name the word after `objective:` in the YAML."""

from placement.core.protocols import Objective
from placement.objectives.k_means import KMeansObjective

OBJECTIVES: dict[str, type[Objective]] = {
    "k_means": KMeansObjective,
}
