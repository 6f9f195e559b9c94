"""What a meeting is, when it may be called, whether it has quorum, what its rhythm lacks. Pure."""
