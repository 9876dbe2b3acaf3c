"""The planner page in a notebook cell: a frame that shows it, and what it says back to Python.

The page runs in a sandboxed frame without an origin: it reaches neither the notebook nor the network, and its messages are data.
"""

from __future__ import annotations

import anywidget
import traitlets

from placement.writers.planner_html.page import web_file


class PlannerWidget(anywidget.AnyWidget):
    """The planner page of a plan, live in a notebook.

    Parameters
    ----------
    page : str
        HTML of the page.
    devices : list of dict
        ``id``, ``x``, ``y`` (in the coordinates of the scenario) and ``status`` of every device as it stands in the page; empty
        before the page is shown.
    scenario_yaml : str
        The scenario with all those devices fixed, as the page's download gives it: save it in the folder of the scenario, and
        `placement.score` measures it. Empty before the page is shown.
    height : int
        Of the cell [pixels].

    Notes
    -----
    `observe` is how to follow a drag: ``widget.observe(handler, names="devices")``. Each cell that shows the widget has a page of
    its own; the one changed last is heard.
    """

    _esm = web_file("widget.js")

    page = traitlets.Unicode().tag(sync=True)
    devices = traitlets.List(traitlets.Dict()).tag(sync=True)
    scenario_yaml = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(760, min=300).tag(sync=True)
