"""Which paper a matter or a meeting gives rise to, what it tells, and to whom it may go."""
