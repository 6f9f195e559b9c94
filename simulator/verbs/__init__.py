"""The verbs of a story as what people do on their phones: buttons and messages only. No inside is called."""
