"""Every subject of the house, imported so that each enters its acts, forms, cards and due moments.

Nothing else is done here; whoever runs the house imports this once.
"""

from bot.notices import acts as notice_acts
from bot.notices import form as notice_form
from bot.reports import acts as report_acts
from bot.reports import ad_hoc_form, board, due_days, exports, screens
from bot.reports.figures import figures

SUBJECTS = (
    notice_acts,
    notice_form,
    report_acts,
    ad_hoc_form,
    board,
    due_days,
    exports,
    figures,
    screens,
)
