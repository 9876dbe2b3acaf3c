"""CPU time of whole commands, as ratios to what their libraries cost to import: python benchmarks/bench_start.py.

Each command and its yardstick run in turn, as fresh processes; the median of the CPU seconds (user and system, children
included) counts. Nothing is asserted: machines differ, and the table says what was reached.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = [sys.executable, "-m", "placement"]
OFFICE = "scenarios/data/office/office_cad.dxf"
IMPORTS = [sys.executable, "-c", "import matplotlib.pyplot, shapely, typst"]
READ_DXF = [sys.executable, "-c", f"import ezdxf; ezdxf.readfile({OFFICE!r})"]


def cpu_seconds(command: Sequence[str]) -> float:
    """Run a command and return the CPU seconds that it and its children took."""
    # An installed package is compiled once; a setting that forbids that in a development tree would be measured with it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def medians(commands: Sequence[Sequence[str]], runs: int) -> list[float]:
    """Return the median CPU seconds of each command, run in turn after one warm-up."""
    taken: list[list[float]] = [[] for _ in commands]
    for run in range(runs + 1):
        for index, command in enumerate(commands):
            seconds = cpu_seconds(command)
            if run:
                taken[index].append(seconds)
    return [statistics.median(times) for times in taken]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        desks = [*PLACE, "scenarios/desks.yaml", "--out", f"{folder}/desks"]
        office = [*PLACE, "scenarios/office.yaml", "--out", f"{folder}/office"]
        commands = [[*PLACE, "--help"], [*PLACE, "check", "scenarios/desks.yaml"], desks, IMPORTS, office, READ_DXF]
        help_s, check_s, desks_s, imports_s, office_s, dxf_s = medians(commands, runs)
    print(f"median CPU seconds of {runs} runs                                             reached   goal")
    print(f"place --help                                             {help_s:6.3f} s                  <= 0.150 s")
    print(f"place check scenarios/desks.yaml                         {check_s:6.3f} s                  <= 0.500 s")
    for name, own, other, goal in (
        ("place scenarios/desks.yaml / import pyplot, shapely, typst", desks_s, imports_s, 2),
        ("place scenarios/office.yaml / ezdxf.readfile of its plan  ", office_s, dxf_s, 3),
    ):
        print(f"{name}  {own:.2f} / {other:.2f} s    {own / other:5.2f}   <= {goal}")


if __name__ == "__main__":
    main()
