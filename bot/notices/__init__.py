"""Notices that a head sends to members, and their acknowledgement."""
