"""The shape of a regulation file, a file a part. What it means is not known here."""
