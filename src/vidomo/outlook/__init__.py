"""What follows from the situation, for the desk only."""
