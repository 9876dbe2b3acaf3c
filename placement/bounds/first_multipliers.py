"""Good multipliers to begin with: those of the same problem with devices on some given places only.

With m places the Lagrangian bound ``sum u_i + sum of the n_new smallest rho_j``, ``rho_j = sum_i min(0, c_ij - u_i)``, needs
no search: a few dozen steps of the subgradient method bring it near its best, and its multipliers are near those of the plane.
"""

from __future__ import annotations

import numpy as np

from placement.bounds.planar_sum import PlanarSum
from placement.core.types import FloatArray
from placement.progress import Watch

PATIENCE = 10
"""Steps without progress after which they become shorter."""
SHORTER = 0.7
OVERSHOOT = 1.02
"""The steps aim a little above the value of the plan."""
MEMORY = 0.5
"""How much of the last direction goes into the next (B. Fleischmann's deflection against zigzagging)."""


def first_multipliers(problem: PlanarSum, centers: FloatArray, places: FloatArray, n_steps: int, watch: Watch) -> FloatArray:
    """Return multipliers of shape (n,), between 0 and the cost of the fixed devices.

    Parameters
    ----------
    problem : PlanarSum
        What is served.
    centers : ndarray of shape (n_new, 2)
        The plan.
    places : ndarray of shape (m, 2)
        Where devices might stand, beside `centers`.
    n_steps : int
        Subgradient steps, each O(n m) at worst, less when few points are in reach of a place.
    watch : Watch
        May end them early.

    Returns
    -------
    ndarray of shape (n,)
        Those with the best bound for the places.

    References
    ----------
    M. Held, P. Wolfe, H. P. Crowder, "Validation of subgradient optimization", Math. Program. 6 (1974) 62-88, section 2.
    """
    cap = problem.cap()
    if len(centers) == 1 and len(problem.fixed_xy) == 0:  # the only device serves everybody, whatever that is worth
        return cap
    two_nearest = np.sort(np.column_stack([problem.cost_matrix(centers), cap]), axis=1)[:, :2]
    target = OVERSHOOT * float(two_nearest[:, 0].sum())
    pricing, all_places = problem.pricing(), np.vstack([places, centers])
    u = np.minimum(two_nearest.mean(axis=1), cap)
    best, best_u, length, n_idle = -np.inf, u, 1.0, 0
    direction: FloatArray = np.zeros(problem.n)
    for _ in range(n_steps):
        rho = pricing.evaluate(u, all_places)
        chosen = np.argsort(rho, kind="stable")[: problem.n_new]
        value = float(u.sum() + rho[chosen].sum())
        n_idle = 0 if value > best else n_idle + 1
        if value > best:
            best, best_u = value, u
        if n_idle == PATIENCE:
            length, n_idle = length * SHORTER, 0
        served = np.bincount(pricing.select(u, all_places[chosen]).member, minlength=problem.n)
        direction = 1.0 - served + MEMORY * direction
        size = float(np.square(direction).sum())
        if size == 0.0 or watch.stop_reason() is not None:
            break
        u = np.clip(u + length * (target - value) / size * direction, 0.0, cap)
    return np.asarray(best_u)
