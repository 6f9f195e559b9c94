"""Notices that a head, or the office where it owes one, sends to members, and their acknowledgement."""
