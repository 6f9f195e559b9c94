"""What waits for the agenda of a body's next meeting."""
