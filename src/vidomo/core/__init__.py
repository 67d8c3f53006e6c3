"""Words that every room shares: time, ids, errors, problems, canonical JSON."""
