"""The small promises that the families keep, so that solvers and metrics need not know which member they hold."""

from __future__ import annotations

from typing import Literal, Protocol

from placement.core.demand import Demand
from placement.core.sites import Sites
from placement.core.types import FloatArray


class Objective(Protocol):
    """What makes a plan good."""

    @property
    def kind(self) -> str:
        """The word in the YAML."""
        ...

    @property
    def unit(self) -> str:
        """Unit of the value: ``"m2"``, ``"m"``, ``"weight"`` or ``"devices"``."""
        ...

    @property
    def sense(self) -> Literal["min", "max"]:
        """Whether a smaller or a larger value is better."""
        ...

    @property
    def meaning(self) -> str:
        """How a report names the value: ``"sum of weight times squared distance"``."""
        ...

    @property
    def n_serving(self) -> int:
        """How many devices must reach a point for it to be served: 1, or more for backup cover.

        The service distance of the objective is that to the farthest of them.
        """
        ...

    def value(self, weight: FloatArray, service_distance: FloatArray, n_new: int) -> float:
        """Return the objective of a plan.

        Parameters
        ----------
        weight, service_distance : ndarray of shape (n,)
            Weights, and distances to the `n_serving`-th nearest device [m]; infinite when it cannot be reached.
        n_new : int
            How many devices the plan adds.
        """
        ...


class SumObjective(Objective, Protocol):
    """An objective that adds up what serving each point costs: k_means and p_median."""

    def cost(self, weight: FloatArray, distance: FloatArray) -> FloatArray:
        """Return what serving each point from each site adds, shape (n, m), from distances [m]."""
        ...


class RadiusObjective(Objective, Protocol):
    """An objective about who has a device within a radius: max_cover and set_cover."""

    @property
    def radius_m(self) -> float:
        """Within which a point counts as covered, ``d <= radius`` [m]."""
        ...


class Distance(Protocol):
    """How far it is from demand to devices."""

    @property
    def kind(self) -> str:
        """The word in the YAML."""
        ...

    @property
    def meaning(self) -> str:
        """How a report names it: ``"straight line"``."""
        ...

    @property
    def is_straight(self) -> bool:
        """Whether it is the straight line in the planning plane, so that devices may stand anywhere."""
        ...

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Return distances [m] of shape (n, m): rows demand, columns sites; infinite where there is no way."""
        ...
