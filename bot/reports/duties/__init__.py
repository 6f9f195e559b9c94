"""What is owed becomes rows, and is told in the morning."""
