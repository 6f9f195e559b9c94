"""The first door: what a person sends on Telegram becomes one request to the desk."""
