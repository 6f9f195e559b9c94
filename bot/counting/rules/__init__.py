"""What may be said of a counting board."""
