"""Report duties: what is owed, reminded, delivered, extended. No SQL, no prose and no Telegram live here."""
