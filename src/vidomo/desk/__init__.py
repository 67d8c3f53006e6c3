"""The operators' own room."""
