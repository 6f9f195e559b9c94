"""How a body issues papers: the heading, the symbols, who signs, to whom they go, and their numbers."""
