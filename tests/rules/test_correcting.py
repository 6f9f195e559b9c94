"""Who may correct a request, take up one sent back, and add a paper to what runs; and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.consultations.rules.consultation import Act, ActKind
from bot.consultations.rules.correcting import (
    may_add_file,
    may_correct,
    may_reopen,
    refuse_settled,
)
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import Rights
from bot.values.corrections import Correction, refuse_unchanged
from tests.rendering.scenes import asked, dossier, submitted
from tests.rules.committee import DEADLINE, OPENED

QN = asked("quang_ngai")
CLERK, HEAD, MEMBER = Rights(80, clerk=True), Rights(1, head=True), Rights(2)
BACK = Act(ActKind.SEND_BACK, OPENED, by=1, reason="Xem lại")
AGAIN = Act(ActKind.SUBMIT_AGAIN, OPENED + timedelta(hours=1), by=80)
WAITING = submitted(QN)
SENT_BACK = replace(WAITING, remarks=(BACK,))
CAME_AGAIN = replace(WAITING, remarks=(BACK, AGAIN))
DECLINED, RECALLED = submitted(QN, declined=True), submitted(QN, recalled=True)
OPEN = dossier(QN)
MADE = Correction("subject", "A", "B", OPENED, "Phạm Thị Văn")


def kind(refusal: object) -> str | None:
    return getattr(refusal, "kind", None)


@pytest.mark.parametrize("rights", [CLERK, HEAD])
@pytest.mark.parametrize(
    ("papers", "refused"),
    [
        (WAITING, None),
        (CAME_AGAIN, None),
        (SENT_BACK, "sent_back_already"),
        (DECLINED, "declined_already"),
        (RECALLED, "recalled_already"),
        (OPEN, "approved_already"),
    ],
)
def test_clerk_and_head_correct_what_waits_for_approval(
    rights: Rights, papers: Dossier, refused: str | None
) -> None:
    assert kind(may_correct(papers, rights)) == refused
    assert kind(refuse_settled(papers)) == refused


def test_nobody_else_corrects_anything() -> None:
    assert kind(may_correct(WAITING, MEMBER)) == "no_right"
    assert kind(may_correct(OPEN, MEMBER)) == "no_right"


@pytest.mark.parametrize(
    ("papers", "refused"),
    [
        (SENT_BACK, None),
        (WAITING, "submitted_again"),
        (CAME_AGAIN, "submitted_again"),
        (replace(SENT_BACK, recalled=True), "recalled_already"),
        (OPEN, "approved_already"),
    ],
)
def test_a_clerk_takes_up_what_was_sent_back_until_it_comes_again(
    papers: Dossier, refused: str | None
) -> None:
    assert kind(may_reopen(papers, clerk=True)) == refused
    assert kind(may_reopen(papers, clerk=False)) == "no_right"


@pytest.mark.parametrize("rights", [CLERK, HEAD])
def test_papers_are_added_until_the_close_itself(rights: Rights) -> None:
    running = QN.consultation

    assert may_add_file(running, rights, OPENED) is None
    assert may_add_file(running, rights, DEADLINE) is None


def test_no_paper_is_added_after_the_end_or_by_a_member() -> None:
    ended = QN.ended(ActKind.WITHDRAW, OPENED).consultation

    assert kind(may_add_file(ended, CLERK, OPENED + timedelta(hours=1))) == "withdrawn"
    assert kind(may_add_file(QN.consultation, MEMBER, OPENED)) == "no_right"


def test_a_correction_that_changes_nothing_is_none() -> None:
    assert kind(refuse_unchanged("A", "A")) == "nothing_changed"
    assert refuse_unchanged("A", "B") is None


def test_every_correction_and_every_way_back_changes_what_is_approved() -> None:
    revisions = [
        WAITING.revision,
        replace(WAITING, corrections=(MADE,)).revision,
        SENT_BACK.revision,
        CAME_AGAIN.revision,
        replace(CAME_AGAIN, corrections=(MADE, MADE)).revision,
    ]

    assert revisions == [0, 1, 1, 2, 4]
    assert [d.asks_approval for d in (WAITING, SENT_BACK, CAME_AGAIN, DECLINED, OPEN)] == [
        *(True, False, True, False, False),
    ]
