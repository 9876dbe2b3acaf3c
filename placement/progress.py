"""What a long computation and its watcher say to each other: how far, how good, and "stop now"."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Progress:
    """One report from a solver: `done` of `total` units of work, and the best `value` so far."""

    phase: str
    done: int
    total: int
    value: float | None = None
    bound: float | None = None


def ignore(_: Progress) -> None:
    """Take a report and do nothing with it."""


@dataclass(slots=True)
class Watch:
    """A solver's line to the outside: it reports through it and asks it whether to stop.

    Parameters
    ----------
    time_limit_s : float, optional
        Stop after this many seconds from the creation of the watch [s]; None for never.
    on_progress : callable
        Receives each `Progress`.
    """

    time_limit_s: float | None = None
    on_progress: Callable[[Progress], None] = ignore
    _started: float = field(default_factory=time.monotonic, repr=False)
    _interrupted: bool = field(default=False, repr=False)

    def report(self, progress: Progress) -> None:
        """Pass a report on."""
        self.on_progress(progress)

    def interrupt(self) -> None:
        """Ask the solver to stop at its next check and hand over its best plan."""
        self._interrupted = True

    def remaining_s(self) -> float:
        """Return how long may still be worked [s]: 0 when it is time to stop, infinity without a limit."""
        if self.stop_reason() is not None:
            return 0.0
        return math.inf if self.time_limit_s is None else max(0.0, self._started + self.time_limit_s - time.monotonic())

    def has_left(self, share: float) -> bool:
        """Tell whether more than this share of the time is left; without a limit it always is, until interrupted."""
        return self.remaining_s() > share * (self.time_limit_s or 0.0)

    def stop_reason(self) -> Literal["interrupted", "time_limit"] | None:
        """Return ``"interrupted"``, ``"time_limit"`` or None."""
        if self._interrupted:
            return "interrupted"
        if self.time_limit_s is not None and time.monotonic() - self._started >= self.time_limit_s:
            return "time_limit"
        return None
