"""What no plan can beat: bounds with a proof that anybody can recompute, and `verify`, which does so without trusting the finder."""
