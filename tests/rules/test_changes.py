"""Which changes of persons need a second person, and which a decision: the whole table, expected by hand."""

from __future__ import annotations

import pytest

from bot.people.rules.changes import Change, Does, needs_decision, needs_second
from bot.people.rules.people import Person, Role, SeatHeld

MEMBER = SeatHeld(Role.MEMBER, "dang_doan", "member")
PART_TIME = SeatHeld(Role.MEMBER, "dang_doan", "member", full_time=False)
SECRETARY = SeatHeld(Role.MEMBER, "dang_doan", "secretary")
AGENCY = SeatHeld(Role.MEMBER, "co_quan", "agency")
OFFICER = SeatHeld(Role.OFFICER, "co_quan", "officer")
CLERK = SeatHeld(Role.CLERK, "", "clerk")
GUEST = SeatHeld(Role.GUEST, "", "guest")
UNIT = SeatHeld(Role.UNIT, "", "unit")
NAME = "Mai Thị Thu"


def person(*seats: SeatHeld, joined: bool = True) -> Person:
    return Person(7, 1, NAME, 70 if joined else None, seats)


def added(seat: SeatHeld) -> Change:
    return Change(Does.ADD_PERSON, NAME, after=seat)


def of_seat(does: Does, before: SeatHeld | None = None, after: SeatHeld | None = None) -> Change:
    return Change(does, NAME, 7, before, after)


def whole(does: Does) -> Change:
    return Change(does, NAME, 7)


@pytest.mark.parametrize(
    ("change", "held", "second", "decision"),
    [
        (added(MEMBER), (), True, True),
        (added(SECRETARY), (), True, True),
        (added(OFFICER), (), True, True),
        (added(AGENCY), (), True, False),
        (added(CLERK), (), True, False),
        (added(GUEST), (), False, False),
        (added(UNIT), (), False, False),
        (of_seat(Does.ADD_SEAT, after=MEMBER), (GUEST,), True, True),
        (of_seat(Does.ADD_SEAT, after=CLERK), (UNIT,), True, False),
        (of_seat(Does.ADD_SEAT, after=GUEST), (MEMBER,), False, False),
        (of_seat(Does.CHANGE_SEAT, MEMBER, SECRETARY), (MEMBER,), True, True),
        (of_seat(Does.CHANGE_SEAT, MEMBER, PART_TIME), (MEMBER,), True, False),
        (of_seat(Does.CHANGE_SEAT, MEMBER, GUEST), (MEMBER,), True, True),
        (of_seat(Does.CHANGE_SEAT, GUEST, MEMBER), (GUEST,), True, True),
        (of_seat(Does.END_SEAT, before=MEMBER), (MEMBER, GUEST), True, True),
        (of_seat(Does.END_SEAT, before=GUEST), (MEMBER, GUEST), False, False),
        (whole(Does.RETIRE), (MEMBER,), True, True),
        (whole(Does.RETIRE), (CLERK,), True, False),
        (whole(Does.RETIRE), (GUEST, UNIT), False, False),
        (whole(Does.RETIRE), (GUEST, CLERK), True, False),
        (whole(Does.REBIND), (MEMBER,), True, False),
        (whole(Does.REBIND), (GUEST,), True, False),
        (whole(Does.RENAME), (MEMBER,), False, False),
    ],
)
def test_what_counts_needs_a_second_person_and_a_roll_a_decision(
    change: Change, held: tuple[SeatHeld, ...], second: bool, decision: bool
) -> None:
    somebody = person(*held) if held else None
    assert (needs_second(change, somebody), needs_decision(change, somebody)) == (second, decision)


@pytest.mark.parametrize(("seat", "second"), [(MEMBER, True), (CLERK, True), (GUEST, False)])
def test_another_name_for_a_seat_never_joined_is_another_person(
    seat: SeatHeld, second: bool
) -> None:
    assert needs_second(whole(Does.RENAME), person(seat, joined=False)) is second
