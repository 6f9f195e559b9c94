"""The methods of the Bot API, each in the module of its subject."""
