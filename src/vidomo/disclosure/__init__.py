"""The only way out: what may be shown to whom."""
