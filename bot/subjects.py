"""Every subject of the house, imported so that each enters its acts, forms, cards and due moments.

Nothing else is done here; whoever runs the house imports this once.
"""

from bot.consultations import answering, launch_form, launching, steering, urgent
from bot.notices import acts as notice_acts
from bot.notices import form as notice_form

SUBJECTS = (
    answering,
    launch_form,
    launching,
    steering,
    urgent,
    notice_acts,
    notice_form,
)
