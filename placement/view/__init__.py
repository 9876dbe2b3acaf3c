"""Figures of a result, drawn on a given Axes and never saved; and the table of devices that every writer tells."""
