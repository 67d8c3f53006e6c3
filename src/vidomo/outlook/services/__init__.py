"""Services at risk: what facilities need, how long they last, and what fails when; for the desk only."""
