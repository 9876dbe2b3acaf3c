"""What no plan can beat: bounds, and `verify`, which checks them without trusting whoever found them."""
