"""Lower bounds on what any plan can reach, each with a certificate from which it can be recomputed."""
