"""Who presides a body while it is not its first office: told to whoever sits there, and only then."""

from __future__ import annotations

import pytest

from bot.people.rules.acting import Staff, StandIn
from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.rules.presiding import Away, Presiding, presiding
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.meetings import Scope
from tests.rules.committee import moment

BOOK = load(regulations_dir() / "cap_huyen.toml")
"""Its heads are "secretary", "standing_deputy", "deputy" of each body: of two by 6.1, of Ban Thường vụ by 21.3."""
BCH, TT, BTV = (BOOK.body(each) for each in ("ban_chap_hanh", "thuong_truc", "ban_thuong_vu"))
FROM, UNTIL = moment("2026-03-04 08:00"), moment("2026-03-06 17:00")


def person(number: int, office: str, *bodies: str) -> Person:
    if office == "clerk":
        return Person(number, 1, f"P{number}", number, (SeatHeld(Role.CLERK, "", "clerk"),))
    seats = tuple(SeatHeld(Role.MEMBER, body, office) for body in bodies)
    return Person(number, 1, f"P{number}", number, seats)


ALL = (BCH.id, BTV.id, TT.id)
HEAD = person(1, "secretary", *ALL)
NEXT = person(2, "standing_deputy", *ALL)
MEMBER = person(3, "member", BCH.id)
OF_TWO = person(4, "standing_member", BCH.id, BTV.id)
CLERK = person(5, "clerk")
EVERYBODY = (HEAD, NEXT, MEMBER, OF_TWO, CLERK)


def stands_in(body: str, scope: Scope = Scope.ALL) -> StandIn:
    return StandIn(1, 1, body, HEAD.id, NEXT.id, FROM, UNTIL, "7.2", scope)


def told(
    reader: Person,
    everybody: tuple[Person, ...] = EVERYBODY,
    given: tuple[StandIn, ...] = (),
    away: tuple[Away, ...] = (),
) -> tuple[Presiding, ...]:
    return presiding(Staff(everybody, given), BOOK.bodies, reader, away)


def test_nothing_is_told_where_all_is_as_usual() -> None:
    assert [told(each) for each in EVERYBODY] == [()] * 5


def test_where_the_first_seat_is_empty_the_next_office_presides() -> None:
    (one,) = told(MEMBER, EVERYBODY[1:])

    assert (one.bodies, one.person, one.vacant) == ((BCH.name,), NEXT, "secretary")
    assert (one.office, one.article, one.until) == ("standing_deputy", "6.1", None)


def test_the_bodies_of_one_article_are_told_together() -> None:
    assert [(each.bodies, each.article) for each in told(CLERK, EVERYBODY[1:])] == [
        ((BCH.name, TT.name), "6.1"),
        ((BTV.name,), "21.3"),
    ]


def test_whoever_sits_in_one_body_is_told_of_that_one() -> None:
    given = (stands_in(BTV.id),)

    assert told(MEMBER, given=given) == ()
    (one,) = told(OF_TWO, given=given)
    assert one == Presiding((BTV.name,), NEXT, HEAD, "7.2", "standing_deputy", UNTIL)


@pytest.mark.parametrize(("scope", "only"), [(Scope.ALL, False), (Scope.CHAIR_AND_SIGN, True)])
def test_it_is_told_how_far_it_reaches(scope: Scope, only: bool) -> None:
    (one,) = told(CLERK, given=(stands_in(BCH.id, scope),))
    assert one.chairs_only is only


def test_an_absence_that_nobody_has_taken_on_leaves_it_with_the_head() -> None:
    everywhere = told(CLERK, away=(Away(HEAD.id, "", UNTIL),))
    assert [(each.person, each.head, each.until) for each in everywhere] == [
        (HEAD, HEAD, UNTIL)
    ] * 2

    (in_one,) = told(CLERK, away=(Away(HEAD.id, BTV.id, UNTIL),))
    assert (in_one.bodies, in_one.article) == ((BTV.name,), "21.3")
    assert told(CLERK, away=(Away(MEMBER.id, "", UNTIL),)) == ()


def test_who_stands_in_goes_before_the_absence() -> None:
    (one,) = told(MEMBER, given=(stands_in(BCH.id),), away=(Away(HEAD.id, "", UNTIL),))
    assert one.person == NEXT
