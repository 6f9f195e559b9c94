"""What a year comes to in figures."""
