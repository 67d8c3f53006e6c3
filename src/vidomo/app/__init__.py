"""Puts the house together: options, wiring, commands, server."""
