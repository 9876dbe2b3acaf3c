"""What cannot be beaten: lower bounds (upper ones where more is better) with a proof that anybody can recompute."""
