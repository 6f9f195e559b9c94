"""The first door: what a person sends on Telegram is looked up in the table of acts."""
