"""The action log: what has to be done, by whom, until when, and what became of it."""
