"""Who owes what, when, and how a report stands. Pure."""
