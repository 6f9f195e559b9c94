"""Which consultations there are: of a person, of a committee, and what a search finds."""
