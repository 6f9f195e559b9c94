"""A committee's rule book, or one of its settings, is amended from a day on."""
