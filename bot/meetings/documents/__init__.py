"""Documents of a meeting: who prepares them, who received them."""
