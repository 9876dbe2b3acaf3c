"""`placement`: where devices go, how good that is, and how to show it.

The short way through a run; each name is loaded when it is first used, so that importing the package costs nothing:

>>> import placement
>>> sorted(placement.__all__)
['__version__', 'compare', 'load_scenario', 'place', 'score', 'write']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from placement.comparing import compare as compare
    from placement.pipeline import place as place
    from placement.pipeline import score as score
    from placement.pipeline import write as write
    from placement.scenario import load_scenario as load_scenario

__version__ = "0.1.0"
__all__ = ["__version__", "compare", "load_scenario", "place", "score", "write"]

_HOMES = {
    "compare": "placement.comparing",
    "load_scenario": "placement.scenario",
    "place": "placement.pipeline",
    "score": "placement.pipeline",
    "write": "placement.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'placement' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
