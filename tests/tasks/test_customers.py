"""The made-up customers: what is planted in them."""

from __future__ import annotations

import numpy as np

from placement.tasks.customers import COLUMNS, GROUPS, make_customers


def test_spend_is_orders_times_money_and_shares_hold() -> None:
    """The columns belong together, every group has about its share, and the same seed gives the same table."""
    values, group = make_customers(50_000, seed=4)
    spend, orders, days, order_value = values.T
    assert values.shape[1] == len(COLUMNS)
    np.testing.assert_allclose(spend, orders * order_value)
    assert (days > 0).all()
    np.testing.assert_allclose(np.bincount(group) / len(group), [one.share for one in GROUPS], atol=0.01)
    np.testing.assert_array_equal(make_customers(50_000, seed=4)[0], values)
    assert not np.array_equal(make_customers(50_000, seed=5)[0], values)


def test_total_spend_alone_cannot_tell_the_planted_groups_apart() -> None:
    """VIPs and whales spend alike in a year, and so do at-risk customers and bargain hunters."""
    values, group = make_customers(50_000, seed=4)
    median = {one.name: np.median(values[group == at, 0]) for at, one in enumerate(GROUPS)}
    assert abs(median["VIPs"] / median["whales"] - 1) < 0.1
    assert abs(median["at-risk"] / median["bargain hunters"] - 1) < 0.3
