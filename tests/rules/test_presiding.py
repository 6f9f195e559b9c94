"""Who presides a body while it is not its first office: told to whoever sits there, and only then.

The articles are read from the texts: cấp huyện 7.2 ("thay mặt bí thư khi bí thư đi vắng", of the standing deputy) and
5.5 (on duty "khi thường trực huyện ủy đi vắng"), Quảng Ngãi 5.3 (the deputy), Bắc Kạn 6.6 ("một đồng chí Phó Bí
thư"). None of them says anything of a seat that is empty.
"""

from __future__ import annotations

import pytest

from bot.people.rules.acting import Staff, StandIn
from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.rules.presiding import Away, Case, Presiding, presiding
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.meetings import Scope
from bot.regulations.rules.regulation import Regulation
from tests.rules.committee import moment

BOOK, QN, BK = (
    load(regulations_dir() / f"{name}.toml") for name in ("cap_huyen", "quang_ngai", "bac_kan")
)
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

EVERYWHERE = Away(7, HEAD.id, UNTIL)
DUTY = Away(8, HEAD.id, UNTIL, BTV.id, OF_TWO.id)
"""Ban Thường vụ has put one of its members on duty (5.5)."""


def stands_in(
    body: str,
    scope: Scope = Scope.ALL,
    *,
    to: Person = NEXT,
    article: str = "7.2",
    absence: int | None = None,
) -> StandIn:
    return StandIn(1, 1, body, HEAD.id, to.id, FROM, UNTIL, article, scope, absence)


def told(
    reader: Person,
    everybody: tuple[Person, ...] = EVERYBODY,
    given: tuple[StandIn, ...] = (),
    away: tuple[Away, ...] = (),
    book: Regulation = BOOK,
) -> tuple[Presiding, ...]:
    return presiding(Staff(everybody, given), book, reader, away)


def test_nothing_is_told_where_all_is_as_usual() -> None:
    assert [told(each) for each in EVERYBODY] == [()] * 5


# --- the first office is empty: the texts say nothing of it ----------------------------------


def test_where_the_first_seat_is_empty_the_next_office_presides_and_no_article_is_cited() -> None:
    (one,) = told(MEMBER, EVERYBODY[1:])

    assert (one.case, one.bodies, one.person) == (Case.VACANT, (BCH.name,), NEXT)
    assert (one.vacant, one.office, one.article) == ("secretary", "standing_deputy", "")
    assert one.until is None


def test_bodies_of_which_the_same_is_said_are_told_together() -> None:
    (one,) = told(CLERK, EVERYBODY[1:])
    assert one.bodies == (BCH.name, BTV.name, TT.name)


def test_a_body_with_members_and_nobody_to_preside_is_told_as_such() -> None:
    nobody, *more = told(CLERK, (MEMBER, OF_TWO, CLERK))

    assert (nobody.case, nobody.person, nobody.article) == (Case.NOBODY, None, "")
    assert (nobody.vacant, nobody.bodies, more) == ("secretary", (BCH.name, BTV.name), [])


def test_a_body_without_members_is_not_told_of() -> None:
    assert told(CLERK, (CLERK,)) == ()


# --- another acts for the head ---------------------------------------------------------------


def test_whoever_sits_in_one_body_is_told_of_that_one() -> None:
    given = (stands_in(BTV.id),)

    assert told(MEMBER, given=given) == ()
    (one,) = told(OF_TWO, given=given)
    assert one == Presiding(
        Case.STANDS_IN, (BTV.name,), NEXT, HEAD, "7.2", "standing_deputy", UNTIL
    )


@pytest.mark.parametrize(("scope", "only"), [(Scope.ALL, False), (Scope.CHAIR_AND_SIGN, True)])
def test_it_is_told_how_far_it_reaches(scope: Scope, only: bool) -> None:
    (one,) = told(CLERK, given=(stands_in(BCH.id, scope),))
    assert one.chairs_only is only


def test_who_is_on_duty_is_told_in_the_words_of_the_rule_book() -> None:
    given = (stands_in(BTV.id, to=OF_TWO, article="5.5", absence=DUTY.id),)
    (one,) = told(CLERK, given=given, away=(DUTY,))

    assert (one.case, one.bodies, one.person) == (Case.ON_DUTY, (BTV.name,), OF_TWO)
    assert one.article == "5.5"
    assert one.what == (
        "Trực giải quyết công việc hằng ngày khi Thường trực đi vắng, do Ban Thường vụ phân công"
    )


def test_a_deputy_who_took_the_absence_on_in_one_body_is_not_on_duty_there() -> None:
    given = (stands_in(BTV.id, absence=EVERYWHERE.id),)

    assert [
        (each.case, each.bodies, each.what)
        for each in told(OF_TWO, given=given, away=(EVERYWHERE,))
    ] == [
        (Case.AWAY, (BCH.name,), ""),
        (Case.STANDS_IN, (BTV.name,), ""),
    ]


def test_who_stands_in_goes_before_the_absence() -> None:
    (one,) = told(MEMBER, given=(stands_in(BCH.id),), away=(EVERYWHERE,))
    assert (one.case, one.person) == (Case.STANDS_IN, NEXT)


# --- the head is away and nobody has taken it on ---------------------------------------------


def test_an_absence_that_nobody_has_taken_on_cites_the_article_of_the_absence() -> None:
    (one,) = told(CLERK, away=(EVERYWHERE,))

    assert (one.case, one.bodies) == (Case.AWAY, (BCH.name, BTV.name, TT.name))
    assert (one.person, one.head, one.until) == (HEAD, HEAD, UNTIL)
    assert (one.article, one.takers) == ("7.2", (NEXT.name,))
    assert told(CLERK, away=(Away(7, MEMBER.id, UNTIL),)) == ()


def test_where_nobody_holds_the_office_that_the_text_names_it_says_nothing_of_the_case() -> None:
    (one,) = told(CLERK, (HEAD, MEMBER, OF_TWO, CLERK), away=(EVERYWHERE,))
    assert (one.case, one.article, one.takers) == (Case.AWAY, "", ())


def test_nor_of_an_absent_deputy_who_presides_for_the_seat_is_empty() -> None:
    (one,) = told(CLERK, EVERYBODY[1:], away=(Away(7, NEXT.id, UNTIL),))
    assert (one.case, one.person, one.article, one.takers) == (Case.AWAY, NEXT, "", ())


@pytest.mark.parametrize(
    ("book", "bodies", "deputies", "article"),
    [
        (QN, ("dang_doan",), ("deputy",), "5.3"),
        (BK, ("ban_chap_hanh", "ban_thuong_vu"), ("standing_deputy", "deputy"), "6.6"),
    ],
    ids=["quang_ngai", "bac_kan"],
)
def test_each_text_has_its_own_article(
    book: Regulation, bodies: tuple[str, ...], deputies: tuple[str, ...], article: str
) -> None:
    seconds = [person(number, office, *bodies) for number, office in enumerate(deputies, 2)]
    everybody = (person(1, "secretary", *bodies), *seconds, person(9, "clerk"))
    (one,) = told(everybody[-1], everybody, away=(EVERYWHERE,), book=book)

    assert (one.article, one.takers) == (article, tuple(each.name for each in seconds))
    assert one.bodies == tuple(book.body(each).name for each in bodies)


def test_who_was_put_on_duty_and_has_not_taken_it_on_is_told_of_in_that_body() -> None:
    (one,) = told(CLERK, away=(DUTY,))

    assert (one.case, one.bodies, one.person) == (Case.DUTY_WAITS, (BTV.name,), HEAD)
    assert (one.article, one.takers) == ("5.5", (OF_TWO.name,))


def test_who_was_put_on_duty_and_has_left_is_not_told_of() -> None:
    assert told(CLERK, (HEAD, NEXT, MEMBER, CLERK), away=(DUTY,)) == ()
