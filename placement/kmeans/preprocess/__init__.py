"""What to do to a table before it is clustered: categories to numbers, features to one scale, outliers out of the way."""

from placement.kmeans.preprocess.categories import Encoded, encode
from placement.kmeans.preprocess.outliers import Winsorised, trimmed_kmeans, winsorise
from placement.kmeans.preprocess.scaling import Scaled, scale

__all__ = ["Encoded", "Scaled", "Winsorised", "encode", "scale", "trimmed_kmeans", "winsorise"]
