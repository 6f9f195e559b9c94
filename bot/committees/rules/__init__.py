"""What follows from what happens to a committee. No input, no output, no clock."""
