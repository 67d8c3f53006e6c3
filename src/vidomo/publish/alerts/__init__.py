"""Alert files: CAP 1.2 written, checked, signed, read and listed."""
