"""A made-up table of customers with five groups planted in it, so that what is found can be checked against what is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS = ("total_spend", "frequency", "recency", "avg_order_value")
"""Money in a year, orders in a year, days since the last order, money for one order."""

TRUTH = "segment"
"""The column that says in which group a customer was planted."""

_SPREAD = 0.3
"""Standard deviation of the logarithm of orders, days and money within a group."""


@dataclass(frozen=True, slots=True)
class Group:
    """One planted group: its share of all customers, and the medians of its orders a year, days since, money an order."""

    name: str
    share: float
    orders: float
    days: float
    order_value: float


GROUPS = (
    Group("VIPs", 0.10, 40.0, 8.0, 80.0),
    Group("at-risk", 0.25, 9.0, 220.0, 45.0),
    Group("bargain hunters", 0.30, 18.0, 25.0, 18.0),
    Group("whales", 0.05, 3.5, 40.0, 900.0),
    Group("newcomers", 0.30, 1.5, 12.0, 60.0),
)
"""VIPs and whales spend alike in a year, so do at-risk customers and bargain hunters: spend alone cannot tell them apart."""


def make_customers(n: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return a table of customers and the group of each.

    Parameters
    ----------
    n : int
        Number of customers, at least 1.
    seed : int
        Same seed, same table.

    Returns
    -------
    values : ndarray of shape (n, 4)
        One column for each of `COLUMNS`; all above 0, total spend being orders times money for one order.
    group : ndarray of shape (n,)
        Position in `GROUPS`. Shares hold on average.

    Notes
    -----
    Within a group, orders, days and money for an order are log-normal and independent. Money and days are not rounded.

    Examples
    --------
    >>> values, group = make_customers(1000, seed=1)
    >>> values.shape, GROUPS[group[0]].name
    ((1000, 4), 'bargain hunters')
    """
    rng = np.random.default_rng(seed)
    group = rng.choice(len(GROUPS), size=n, p=[one.share for one in GROUPS])
    medians = np.array([[one.orders, one.days, one.order_value] for one in GROUPS])
    orders, days, order_value = (medians[group] * np.exp(rng.normal(0.0, _SPREAD, size=(n, 3)))).T
    return np.column_stack([orders * order_value, orders, days, order_value]), group
