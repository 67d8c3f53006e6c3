"""Folds claims into states, incidents and open questions."""
