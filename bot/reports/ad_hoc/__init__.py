"""Reports asked for by hand."""
