"""The machinery of keeping: engine, migrations, register, inbox, outbox, due moments. No subject lives here."""
