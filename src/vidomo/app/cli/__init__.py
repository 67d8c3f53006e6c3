"""Commands, a few to a file."""
