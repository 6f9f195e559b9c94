"""How often a body meets, and what a period lacks."""
