"""The second door: what falls due on the clock, and what waits in the outbox."""
