"""Who holds which seat, and what a committee is founded from. Pure."""
