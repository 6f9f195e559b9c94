"""What members ask of meetings: an extraordinary one, an item, an answer."""
