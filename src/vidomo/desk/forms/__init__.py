"""Forms: messages and reports as files of an authority, filled from what is known."""
