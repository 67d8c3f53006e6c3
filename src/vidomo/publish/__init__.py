"""Turns a public view into documents."""
