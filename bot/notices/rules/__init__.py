"""What a notice is, and who has acknowledged it. Pure."""
