"""Cards about reports: the morning's word, one's own list, one report, the duties. No rule lives here."""
