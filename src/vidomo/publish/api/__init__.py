"""The answers for machines: plain documents made of public views, and their description."""
