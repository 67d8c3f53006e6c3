"""Telephone calls: taken down, read like any post, released only as a body's own words."""
