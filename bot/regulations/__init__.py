"""From regulation files to regulations as values, refusing what does not hold. No rule is decided here."""
