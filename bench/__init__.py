"""Measurements: this bot beside others, on one local server, in one run. Nothing the product needs lives here."""
