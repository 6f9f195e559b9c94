"""The pure core: values in, values out, and nothing that reads a clock, a file or a database."""
