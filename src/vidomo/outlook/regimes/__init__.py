"""The regime board: what regime of supply is announced in each oblast; for the desk only."""
