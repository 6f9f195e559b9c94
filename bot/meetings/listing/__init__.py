"""Which meetings there are, for somebody to find: on a list, or by a search."""
