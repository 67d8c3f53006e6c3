"""Keeps every version of every post, for good."""
