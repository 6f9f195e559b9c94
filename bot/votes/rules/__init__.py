"""What a vote comes to, and who may open, cast and close it. Pure."""
