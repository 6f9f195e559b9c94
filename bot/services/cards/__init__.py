"""What people see: cards made of facts by templates. Nothing is decided or written here."""
