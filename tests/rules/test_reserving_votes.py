"""Who may reserve an opinion given in an open vote, until when, and what is no opinion to reserve."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.regulations.rules.terms import Matter
from bot.values.refusal import NO_RIGHT
from bot.votes.rules.rights import may_reserve
from bot.votes.rules.vote import OpenVote, Vote, VoteKind
from tests.rules.committee import moment
from tests.rules.meeting_world import GUEST, MINUTE, STARTS, called

UNTIL = moment("2026-03-12 17:00")
HUYEN = called(4, regulation="cap_huyen", of="ban_thuong_vu")


def voted(*, secret: bool = False) -> Vote:
    """One approves, two reject, three has other words, four says nothing."""
    answers = ((1, "approve", ""), (2, "reject", ""), (3, "differ", "Nên chờ."))
    cast = () if secret else tuple(OpenVote(n, {"": a}, STARTS, w) for n, a, w in answers)
    return Vote(1, 1, VoteKind.APPROVE, secret, Matter.GENERAL, (), STARTS, 1, cast=cast)


@pytest.mark.parametrize(
    ("person", "kind"), [(1, "reserve_what"), (2, None), (3, None), (4, "reserve_what")]
)
@pytest.mark.parametrize(("at", "until"), [(STARTS, None), (UNTIL, UNTIL)])
def test_a_differing_vote_is_reserved_while_it_runs_and_to_the_last_moment_after_it(
    person: int, kind: str | None, at: datetime, until: datetime | None
) -> None:
    refused = may_reserve(HUYEN, voted(), person, at, until)
    assert (refused.kind if refused else None) == kind


def test_later_it_is_refused_with_the_article_and_the_day() -> None:
    refused = may_reserve(HUYEN, voted(), 2, UNTIL + MINUTE, UNTIL)
    assert refused is not None
    assert (refused.kind, refused.article) == ("reserve_late", "17.2")
    assert refused.values == {"until": UNTIL}


def test_nobody_reserves_a_secret_ballot_and_no_guest_reserves_anything() -> None:
    refused = may_reserve(HUYEN, voted(secret=True), 2, STARTS, None)
    assert refused is not None
    assert (refused.kind, refused.article) == ("reserve_secret", "17.2")
    assert may_reserve(HUYEN, voted(), GUEST, STARTS, None) is NO_RIGHT


def test_where_the_text_does_not_speak_of_it_no_vote_is_reserved() -> None:
    refused = may_reserve(called(4), voted(), 2, STARTS + timedelta(hours=1), None)
    assert refused is not None
    assert (refused.kind, refused.article) == ("no_reserve", "8.2.2")
