"""Commands of the terminal that need more than one screen of code. No rule of a committee lives here."""
