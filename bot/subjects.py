"""Every subject of the house, imported so that each enters its acts, forms, cards and due moments.

Nothing else is done here; whoever runs the house imports this once.
"""

from bot.meetings.calling import convening as meeting_convening
from bot.meetings.calling import form as meeting_form
from bot.meetings.documents import documents as meeting_documents
from bot.meetings.rhythm import rhythm
from bot.notices import acts as notice_acts
from bot.notices import form as notice_form

SUBJECTS = (
    meeting_convening,
    meeting_documents,
    meeting_form,
    notice_acts,
    notice_form,
    rhythm,
)
