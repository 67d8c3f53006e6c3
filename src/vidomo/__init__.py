"""Vidomo: what is known, who says so, how sure, since when, and what is not known yet."""
