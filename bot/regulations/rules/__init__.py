"""What a regulation says, as values: bodies, thresholds, rhythms, duties. Pure."""
