"""The minutes of a meeting: who keeps them, and the course of the discussion item by item."""
