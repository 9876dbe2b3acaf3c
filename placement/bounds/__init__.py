"""What no plan can beat: bounds with a proof that anybody can recompute, and `verify`, which recomputes it and trusts nobody."""
