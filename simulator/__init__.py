"""Telegram on this machine: the Bot API over HTTP, and the people who hold the phones.

Nothing of the committee may live here: no rule, no word of a message, no import of the bot but its clock.
"""
