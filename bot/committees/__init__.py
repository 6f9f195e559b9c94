"""A committee over the years: its rule book amended, a new term, closed, taken over by another."""
