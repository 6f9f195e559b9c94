"""How a body issues its papers now: what it has set, and the defaults of the rest. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.db import people, rulebooks
from bot.db.transaction import Transaction
from bot.issuing import store
from bot.issuing.rules.letterhead import (
    CAPACITIES,
    FOR_THE_HEAD,
    Letterhead,
    Paper,
    Signing,
    abbreviation,
    capacity_of,
    names_of,
    profile_of,
    symbol_of,
)
from bot.issuing.rules.numbers import Number
from bot.people.rules.people import Person, head_of
from bot.regulations.rules.regulation import Body
from bot.regulations.rules.terms import Profile
from bot.regulations.rules.vocabulary import COMMON, Vocabulary
from bot.rendering import Rendering, initial, shared_rendering
from bot.typesetting.profile import profile as layout


async def letterhead(tx: Transaction, committee: int, body: str) -> Letterhead:
    """How a body of a committee issues its papers; defaults follow from its rule book and its roll."""
    kept = await people.committee(tx, committee)
    regulation = await rulebooks.regulation(tx, kept.rulebook)
    everybody = await people.of_committee(tx, committee)
    chosen = await store.settings(tx, committee, body)
    words = regulation.vocabulary
    return of_settings(kept.name, regulation.body(body), everybody, chosen, words)


def of_settings(
    committee: str,
    body: Body,
    everybody: Sequence[Person],
    chosen: Mapping[str, Any],
    words: Vocabulary = COMMON,
) -> Letterhead:
    """As `letterhead`, of a committee that is known by name, with its people and what its body has set."""
    say = shared_rendering().under(words)
    superior, issuer = names_of(committee, body)
    issuer = chosen.get("issuer", issuer)
    profile = chosen.get("profile", profile_of(body).value)
    letters = abbreviation(issuer)
    return Letterhead(
        superior=chosen.get("superior", superior),
        issuer=issuer,
        place=chosen.get("place", ""),
        symbols={
            p: chosen.get(f"symbol.{p}", symbol_of(layout(profile).kind(p), letters, profile))
            for p in Paper
        },
        recipients={p: tuple(chosen.get(f"to.{p}", _recipients(say, p, body))) for p in Paper},
        signing={p: _signing(say, p, body, everybody, chosen, profile) for p in Paper},
        profile=profile,
    )


def _recipients(say: Rendering, paper: Paper, body: Body) -> tuple[str, ...]:
    """To whom such a paper usually goes, and the archive last; "" is a line that the paper lacks."""
    members = say.label(f"paper_to.{'agencies' if body.of_agencies else 'members'}", body=body.name)
    lines = (say.label(f"paper_to.{paper}", members=members), say.label("paper_to.archive"))
    return tuple(filter(None, lines))


def _signing(
    say: Rendering,
    paper: Paper,
    body: Body,
    everybody: Sequence[Person],
    chosen: Mapping[str, Any],
    profile: str,
) -> Signing:
    """Who was chosen, while that person sits in the committee; else the head of the body."""
    given = chosen.get(f"signer.{paper}", {})
    picked = next((each for each in everybody if each.id == given.get("by")), None)
    capacity = given.get("capacity") if picked else None
    if capacity not in CAPACITIES[Profile(profile)]:  # chosen under another layout
        capacity = capacity_of(paper, profile)
    head = head_of(everybody, body)
    signer, behalf = picked or head, _behalf(say, capacity, body, head)
    if signer is None:
        return Signing(capacity=capacity, behalf=behalf)
    post = chosen.get(f"post.{paper}") or _post(say, signer, body)
    return Signing(signer.id, capacity, post, signer.name, behalf)


def _behalf(say: Rendering, capacity: str, body: Body, head: Person | None) -> str:
    """For whom it is signed; a body of agencies is asked, and signs nothing."""
    if capacity == FOR_THE_HEAD:
        return _post(say, head, body) if head else ""
    return body.name if capacity and not body.of_agencies else ""


def _post(say: Rendering, person: Person, body: Body) -> str:
    """The office that the person holds in the body, or else in the committee, as it stands above a name."""
    seat = person.seat_in(body.id) or next(iter(person.seats), None)
    return initial(say.label(f"office.{seat.office}")) if seat else ""


async def number_taken(
    tx: Transaction, committee: int, body: str, subject: str, paper: Paper
) -> Number | None:
    """The number that this paper about a subject such as "meeting:5" bears.

    None where none is taken, or where the one taken was dropped.
    """
    found = await store.of_subject(tx, committee, subject)
    standing = [each for each in found if (each.body, each.paper) == (body, paper) and each.stands]
    return standing[-1].as_number if standing else None
