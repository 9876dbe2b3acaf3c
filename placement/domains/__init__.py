"""Where devices may stand: one file a kind of place."""
