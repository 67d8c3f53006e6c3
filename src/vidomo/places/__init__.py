"""Decides which unit a mention means, or says honestly that it is ambiguous."""
