"""How far it is: one file a choice, its name the word after `distance:` in the YAML."""

from placement.core.protocols import Distance
from placement.distances.euclidean import EuclideanDistance

DISTANCES: dict[str, type[Distance]] = {
    "euclidean": EuclideanDistance,
}
