"""Every subject of the house, imported so that each enters its acts, forms, cards and due moments.

Nothing else is done here; whoever runs the house imports this once.
"""

from bot.meetings.requests import extraordinary, proposals, requests
from bot.meetings.rhythm import rhythm
from bot.notices import acts as notice_acts
from bot.notices import form as notice_form

SUBJECTS = (requests, extraordinary, proposals, rhythm, notice_acts, notice_form)
