"""All there is about a matter, a meeting, a year or a committee in one file, which proves itself."""
