"""Minutes: who names their keeper, who writes, what stands of an item, what is told apart after the close."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.meetings.rules.meeting import Meeting, MeetingActKind
from bot.meetings.rules.minutes import (
    Keeper,
    Minutes,
    Piece,
    may_add,
    may_name_keeper,
    may_read,
    may_write,
)
from bot.people.rules.acting import Standing
from bot.values.refusal import Refusal
from tests.rules.meeting_world import MINUTE, STARTS, acted, called, opened

HEAD, CLERK, MEMBER = Standing(1, head=True), Standing(80, clerk=True), Standing(2)
CALLED, SITS = called(4), opened(called(4))
CLOSED = acted(SITS, MeetingActKind.CLOSE)
BY_HAND = replace(called(4), acts=acted(called(4), MeetingActKind.RECORD).acts)
BY_A_MEMBER = Minutes((Keeper(2, STARTS, 1),))


def kind(refusal: Refusal | None) -> str | None:
    return refusal.kind if refusal else None


@pytest.mark.parametrize(
    ("meeting", "refused"),
    [(CALLED, None), (SITS, None), (CLOSED, "minutes_over"), (BY_HAND, None)],
)
def test_the_office_names_the_keeper_until_the_close(meeting: Meeting, refused: str | None) -> None:
    assert kind(may_name_keeper(meeting, CLERK)) == refused
    assert kind(may_name_keeper(meeting, HEAD)) == refused
    assert kind(may_name_keeper(meeting, MEMBER)) == "no_right"


@pytest.mark.parametrize(
    ("minutes", "who", "refused"),
    [
        (Minutes(), CLERK, None),
        (Minutes(), HEAD, "minutes_of_another"),
        (Minutes(), MEMBER, "no_right"),
        (BY_A_MEMBER, MEMBER, None),
        (BY_A_MEMBER, CLERK, "minutes_of_another"),
        (BY_A_MEMBER, HEAD, "minutes_of_another"),
        (BY_A_MEMBER, Standing(3), "no_right"),
        (Minutes((*BY_A_MEMBER.keepers, Keeper(3, STARTS, 1))), MEMBER, "no_right"),
    ],
)
def test_only_whoever_keeps_them_writes_also_after_the_close(
    minutes: Minutes, who: Standing, refused: str | None
) -> None:
    assert kind(may_write(SITS, minutes, who)) == refused
    assert kind(may_write(CLOSED, minutes, who)) == refused
    assert kind(may_write(BY_HAND, minutes, who)) == refused


def test_nothing_is_written_before_the_opening_nor_of_a_meeting_called_off() -> None:
    assert kind(may_write(CALLED, Minutes(), CLERK)) == "minutes_early"
    assert may_read(CALLED, Minutes(), CLERK) is None
    off = acted(CALLED, MeetingActKind.CANCEL)
    assert kind(may_read(off, Minutes(), CLERK)) == "minutes_over"


def test_what_is_written_anew_stands_alone_and_what_it_replaced_is_kept() -> None:
    first, more = Piece(1, "Một", STARTS, 80), Piece(1, "Hai", STARTS, 80)
    other, anew = Piece(2, "Khác", STARTS, 80), Piece(1, "Ba", STARTS, 80, anew=True)
    assert Minutes(pieces=(first, other, more)).text(1) == "Một\nHai"
    written = Minutes(pieces=(first, other, more, anew, more))
    assert (written.text(1), written.text(2), written.text(3)) == ("Ba\nHai", "Khác", "")
    assert written.pieces[0] is first


def test_what_was_written_after_the_close_is_told_apart() -> None:
    before, exactly = Piece(1, "Một", STARTS - MINUTE, 80), Piece(1, "Hai", STARTS, 80)
    later = Piece(1, "Ba", STARTS + MINUTE, 80)
    minutes = Minutes(pieces=(before, exactly, later))
    assert minutes.after_close(CLOSED, 1) == (later,)
    assert minutes.after_close(SITS, 1) == ()


def test_the_course_of_one_item_has_at_most_twenty_thousand_characters() -> None:
    item = SITS.items[0]
    full = Minutes(pieces=(Piece(1, "a" * 19_998, STARTS, 80),))
    assert may_add(full, item, "b", anew=False) is None
    assert kind(may_add(full, item, "bc", anew=False)) == "minutes_long"
    assert may_add(full, item, "b" * 4_000, anew=True) is None
