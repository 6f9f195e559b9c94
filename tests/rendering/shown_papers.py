"""What is said of papers: which there are, one of them, and why one is not drawn up."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from bot.db.notice import Card
from bot.dossiers.acts import card as dossier_card
from bot.dossiers.rules.rights import may_fit
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Number
from bot.meetings.rules.meeting import Meeting, MeetingActKind
from bot.papers import meeting_acts
from bot.papers.acts import by_content, listed, made_card, notice_card
from bot.papers.rules.which import papers_of_meeting
from bot.typesetting.writing import TemplateFault
from bot.values.refusal import Refusal
from tests.rendering import shown_sitting
from tests.rendering.scenes import SAY, Shown, asked, dossier
from tests.rendering.shown_contents import slip
from tests.rendering.shown_refusals import told

QN = dossier(asked("quang_ngai"))
TAKEN = Number(5, "BB/ĐĐ", date(2026, 3, 6))
HOUR = timedelta(hours=1)
UNKNOWN = TemplateFault("unknown", "nguoi_ky", "Người ký:")


def offered(*papers: Paper) -> Card:
    numbered = {Paper.COUNT: TAKEN, Paper.RESULT: None, Paper.DIFFERING: None}
    return listed(SAY, QN, papers, {each: numbered[each] for each in papers if each in numbered})


def of_meeting(meeting: Meeting) -> Card:
    offered = papers_of_meeting(meeting)
    taken = {each: TAKEN if each is Paper.MINUTES else None for each in offered}
    return meeting_acts.listed(SAY, meeting, offered, taken)


SHOWN: Shown = {
    "papers_by_content": lambda: by_content(SAY, slip(), {Paper.COUNT: TAKEN, Paper.RESULT: None}),
    "papers_of_a_content": lambda: listed(SAY, slip().of(2), (Paper.COUNT, Paper.TABLE)),
    "meeting_files_before": partial(of_meeting, shown_sitting.QN),
    "meeting_files": partial(of_meeting, shown_sitting.ENDED),
    "meeting_files_divided": partial(
        of_meeting,
        shown_sitting.acted(
            shown_sitting.DIVIDED, MeetingActKind.CLOSE, shown_sitting.STARTS + HOUR
        ),
    ),
    "meeting_files_prepared": lambda: meeting_acts.listed(
        SAY, shown_sitting.QN, (), {Paper.INVITATION: None}
    ),
    "meeting_file": lambda: meeting_acts.made_card(SAY, shown_sitting.ENDED, Paper.CONCLUSION),
    "meeting_file_minutes": lambda: meeting_acts.made_card(SAY, shown_sitting.ENDED, Paper.MINUTES),
    "refusal_paper_not_of_meeting": lambda: told(
        Refusal("paper_not_of_meeting", values={"paper": Paper.MINUTES.value})
    ),
    "papers_before_the_close": partial(offered, Paper.SLIP),
    "papers": partial(offered, Paper.COUNT, Paper.TABLE, Paper.RESULT, Paper.DIFFERING),
    "paper_made": lambda: made_card(SAY, QN, Paper.COUNT),
    "refusal_paper_not_now": lambda: told(
        Refusal("paper_not_now", values={"paper": Paper.COUNT.value})
    ),
    "result_notice": lambda: notice_card(SAY, QN),
    "dossier_made": lambda: dossier_card(SAY, "Đảng đoàn, 05/3/2026 (thứ Năm)"),
    "refusal_dossier_not_closed": lambda: told(Refusal("dossier_not_closed", "8.2.1")),
    "refusal_dossier_meeting_open": lambda: told(Refusal("dossier_meeting_open")),
    "refusal_dossier_too_large": lambda: told(may_fit(46 * 1024 * 1024)),
    "refusal_dossier_secret_slips": lambda: told(
        Refusal("dossier_secret_slips", values={"number": 12})
    ),
    "refusal_paper_fault": lambda: told(
        Refusal("paper_fault", values={"paper": Paper.COUNT.value, "fault": UNKNOWN})
    ),
}
