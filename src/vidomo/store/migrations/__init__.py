"""Numbered SQL files; one that has been released is never edited."""
