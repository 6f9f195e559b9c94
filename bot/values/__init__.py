"""Values that everything may import: refusals, texts, moments, working days. Nothing is read or kept here."""
