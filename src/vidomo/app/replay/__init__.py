"""Turns recorded history into posts of ours, so that it walks the whole way through the house."""
