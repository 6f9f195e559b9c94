"""Votes in the room, open and secret."""
