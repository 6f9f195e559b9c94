"""Papers an office can number, sign and file: what each tells, and the Word file that it becomes."""
