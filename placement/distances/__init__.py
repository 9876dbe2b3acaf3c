"""How far it is: one file a choice, its name the word after `distance:` in the YAML."""

from collections.abc import Callable

from placement.core.protocols import Distance
from placement.distances.euclidean import EuclideanDistance
from placement.distances.network import NetworkDistance
from placement.distances.table import TableDistance

DISTANCES: dict[str, Callable[..., Distance]] = {
    "euclidean": EuclideanDistance,
    "table": TableDistance,
    "network": NetworkDistance,
}
