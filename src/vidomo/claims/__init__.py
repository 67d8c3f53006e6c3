"""Reads one report: what it states, in its exact words."""
