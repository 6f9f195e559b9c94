"""Every subject of the house, imported so that each enters its acts, forms, cards and due moments.

Nothing else is done here; whoever runs the house imports this once.
"""

from bot.calendar import acts as calendar_acts
from bot.consultations import closing, delivery, overview, urgent
from bot.meetings import overview as meetings_overview
from bot.meetings.attendance import awaiting
from bot.meetings.calling import form as calling_form
from bot.meetings.documents import documents
from bot.meetings.inviting import invitations
from bot.meetings.rhythm import rhythm
from bot.meetings.sitting import showing
from bot.notices import acts as notice_acts
from bot.notices import form as notice_form
from bot.people import roster
from bot.reports import notify as reports_notify
from bot.reports import screens as reports_screens
from bot.reports.duties import daily_digest
from bot.votes import ballots, voting

SUBJECTS = (
    (roster, calendar_acts),
    (closing, delivery, overview, urgent),
    (meetings_overview, awaiting, calling_form, documents, invitations, rhythm, showing),
    (ballots, voting),
    (notice_acts, notice_form),
    (daily_digest, reports_notify, reports_screens),
)
