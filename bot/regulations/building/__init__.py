"""From the shape of a regulation's parts, checked before, to their values."""
