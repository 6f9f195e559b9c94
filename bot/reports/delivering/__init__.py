"""One report: delivered, put off, granted more time."""
