"""People, the seats they hold, and how an account is tied to a person."""
