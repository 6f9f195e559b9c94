"""The board of reports, and what goes out of it as files."""
