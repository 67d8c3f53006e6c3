"""Remembers records; knows nothing of what they mean."""
