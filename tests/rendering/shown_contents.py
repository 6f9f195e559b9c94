"""What a slip with several contents says on the phones of members and of the office."""

from __future__ import annotations

from dataclasses import replace

from bot.consultations import dashboard_card, opinion_card, result_cards
from bot.consultations.rules.consultation import Choice, Content, Reply
from bot.consultations.rules.dossier import Dossier
from bot.db.notice import Card
from bot.regulations.rules.regulation import Matter
from tests.rendering.scenes import (
    AFTER,
    SAY,
    WEDNESDAY,
    Shown,
    asked,
    dossier,
    member,
    whole_roll,
)
from tests.rules.committee import Committee

CONTENTS = (
    Content("Chương trình công tác quý II/2026", Matter.GENERAL),
    Content("Kế hoạch & kinh phí <hội thảo>", Matter.GENERAL),
    Content("Phân công phụ trách", Matter.GENERAL),
)
WHOLE = whole_roll(asked("quang_ngai"))


def given(person: int, content: int, choice: Choice, words: str = "") -> Reply:
    return Reply(person, choice, WEDNESDAY, words, content=content)


BEGUN = [given(2, 1, Choice.APPROVE), given(2, 3, Choice.REJECT, "Chưa rõ người phụ trách.")]
ALL = [*BEGUN, given(2, 2, Choice.APPROVE_WITH_COMMENTS)]


def slip(*replies: Reply) -> Dossier:
    """A slip with three contents and these answers."""
    of: Committee = WHOLE.adding(replies=replies)
    facts = replace(of.consultation, contents=CONTENTS)
    return replace(dossier(of), contents=CONTENTS, consultation=facts, subject="Công tác quý II")


def result(place: int, *, office: bool) -> Card:
    of = slip(*BEGUN)
    shown = result_cards.results(SAY, of, AFTER, again=() if office else None)
    return shown[place - 1]


MEMBER = member(WHOLE, 2)
SHOWN: Shown = {
    "form_contents": lambda: opinion_card.card(SAY, slip(), MEMBER, WEDNESDAY),
    "form_contents_begun": lambda: opinion_card.card(SAY, slip(*BEGUN), MEMBER, WEDNESDAY),
    "reminder_contents": lambda: opinion_card.reminder(SAY, slip(), MEMBER, WEDNESDAY),
    "reminder_contents_begun": lambda: opinion_card.reminder(SAY, slip(*BEGUN), MEMBER, WEDNESDAY),
    "form_contents_changing": lambda: opinion_card.card(
        SAY, slip(*ALL).of(3), MEMBER, WEDNESDAY, changing=True
    ),
    "form_contents_done": lambda: opinion_card.card(SAY, slip(*ALL), MEMBER, WEDNESDAY),
    "form_contents_closed": lambda: opinion_card.card(SAY, slip(*BEGUN), MEMBER, AFTER),
    "contents_ask_words": lambda: opinion_card.ask_words(SAY, slip().of(3), Choice.REJECT),
    "dashboard_contents": lambda: dashboard_card.card(SAY, slip(*BEGUN), WEDNESDAY),
    "dashboard_contents_partly": lambda: dashboard_card.card(
        SAY, slip(*BEGUN, *(given(n, 1, Choice.APPROVE) for n in (1, *range(3, 10)))), WEDNESDAY
    ),
    "dashboard_contents_closed": lambda: dashboard_card.card(SAY, slip(*BEGUN), AFTER),
    "result_content": lambda: result(2, office=False),
    "result_content_office": lambda: result(3, office=True),
}
