"""The small promises that the families keep, so that solvers and metrics need not know which member they hold."""

from __future__ import annotations

from typing import Protocol

from placement.core.types import FloatArray


class Objective(Protocol):
    """What a plan minimises."""

    @property
    def kind(self) -> str:
        """The word in the YAML."""
        ...

    @property
    def unit(self) -> str:
        """Unit of the value, ``"m2"`` or ``"m"``."""
        ...

    def value(self, weight: FloatArray, service_distance: FloatArray) -> float:
        """Return the objective of a plan from weights and service distances [m], both of shape (n,)."""
        ...

    def cost(self, weight: FloatArray, distance: FloatArray) -> FloatArray:
        """Return what serving each point from each site adds, shape (n, m), from distances [m]."""
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

    def matrix(self, demand_xy: FloatArray, site_xy: FloatArray) -> FloatArray:
        """Return distances [m] of shape (n, m): rows demand, columns sites."""
        ...
