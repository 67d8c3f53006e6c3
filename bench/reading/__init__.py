"""The labelled benchmark for reading: sample, labels, checks and scores."""
