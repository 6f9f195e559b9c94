"""How every subject is built: the transaction, acts, forms, cards, notices. No subject lives here."""
