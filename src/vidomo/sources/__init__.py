"""Doors: what comes in, and who the sources are."""
