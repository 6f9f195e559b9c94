"""What is said of a message that answers nothing by itself, edited, of another kind, or beside a file."""

from __future__ import annotations

from datetime import datetime

from bot.db.drafts import LastWords, Prompt
from bot.values.moments import VIET_NAM
from tests.rendering.scenes import Shown, said

ASKED_AT = datetime(2026, 3, 3, 8, 11, tzinfo=VIET_NAM)
TITLE = "Ý KIẾN KHÁC · số 12 · Chương trình <công tác> quý II/2026"
ASKED = Prompt("words", {"consultation": 1}, ASKED_AT, 7, TITLE)
UNTITLED = Prompt("words", {"consultation": 1}, ASKED_AT)
LAST = LastWords("words", {"consultation": 1}, TITLE, 5)
QUOTED = "Chào chị, mai <họp> mấy giờ?"

SHOWN: Shown = {
    "words_for_question": said(
        "words_for_question",
        asked=ASKED,
        quoted=QUOTED,
        file="",
        together=False,
        of_another_day=False,
    ),
    "words_for_question_file": said(
        "words_for_question",
        asked=ASKED,
        quoted="",
        file="Tờ trình.docx",
        together=False,
        of_another_day=False,
    ),
    "words_for_question_album": said(
        "words_for_question",
        asked=ASKED,
        quoted="",
        file="Tờ trình.docx",
        together=True,
        of_another_day=False,
    ),
    "words_for_question_of_another_day": said(
        "words_for_question",
        asked=ASKED,
        quoted=QUOTED,
        file="",
        together=False,
        of_another_day=True,
    ),
    "words_for_question_untitled": said(
        "words_for_question",
        asked=UNTITLED,
        quoted=QUOTED,
        file="",
        together=False,
        of_another_day=False,
    ),
    "words_for_card": said("words_for_card", title=TITLE, quoted=QUOTED, asked=None),
    "words_for_card_with_a_question": said(
        "words_for_card", title=TITLE, quoted=QUOTED, asked=ASKED
    ),
    "words_for_card_gone": said("words_for_card", title="", quoted="", asked=None),
    "not_taken": said("not_taken", kind="voice", asked=None),
    "not_taken_with_a_question": said("not_taken", kind="sticker", asked=ASKED),
    "edited": said("edited", last=LAST, asked=None),
    "edited_with_a_question": said("edited", last=LAST, asked=ASKED),
    "edited_first": said("edited", last=None, asked=None),
    "caption_not_taken": said("caption_not_taken"),
}
