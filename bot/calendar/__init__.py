"""The working calendar of a committee."""
