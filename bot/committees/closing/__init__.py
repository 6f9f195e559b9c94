"""A committee ends from a day on, with a successor or without: asked, confirmed, told; then it is read only."""
