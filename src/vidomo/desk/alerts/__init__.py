"""The life of an alert at the desk: written, approved, issued, updated, cancelled, expired."""
