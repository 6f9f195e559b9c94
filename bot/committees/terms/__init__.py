"""Another roll of a committee from a day on, a new term: asked by the office, confirmed by a second person."""
