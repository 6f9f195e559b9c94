"""What a first round had come to, as it is kept with the second. No query lives here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.consultations.rules.consultation import Choice, FirstRound, Position, Reply
from bot.regulations.rules.regulation import Cause


def as_kept(first: FirstRound) -> dict[str, Any]:
    """As JSON keeps it; what it is the first round of stands beside it."""
    return {
        "number": first.number,
        "ended_at": first.ended_at.isoformat(),
        "positions": {str(person): at.value for person, at in first.positions.items()},
        "asked": sorted(first.asked),
        "replies": [_plain_reply(reply) for reply in first.replies.values()],
        "struck": [{"name": name, **_plain_reply(reply)} for name, reply in first.struck],
        **({"because": first.because.value} if first.because else {}),
    }


def from_kept(of: str, kept: Mapping[str, Any], marks: Mapping[int, bool]) -> FirstRound:
    """The value again; `marks` say of whom the opinion is reserved now, for that may be said later."""
    replies = [_reply(each, marks) for each in kept["replies"]]
    return FirstRound(
        of=of,
        number=kept["number"],
        ended_at=datetime.fromisoformat(kept["ended_at"]),
        positions={int(person): Position(at) for person, at in kept["positions"].items()},
        asked=frozenset(kept["asked"]),
        replies={reply.person: reply for reply in replies},
        struck=tuple((each["name"], _reply(each, marks)) for each in kept["struck"]),
        because=Cause(kept["because"]) if "because" in kept else None,
    )


def _reply(kept: Mapping[str, Any], marks: Mapping[int, bool]) -> Reply:
    return Reply(
        kept["person"],
        Choice(kept["choice"]),
        datetime.fromisoformat(kept["at"]),
        words=kept["words"],
        reserved=marks.get(kept["person"], kept["reserved"]),
        on_paper=kept["on_paper"],
        photo=kept["photo"],
    )


def _plain_reply(reply: Reply) -> dict[str, Any]:
    return {
        "person": reply.person,
        "choice": reply.choice.value,
        "at": reply.at.isoformat(),
        "words": reply.words,
        "reserved": reply.reserved,
        "on_paper": reply.on_paper,
        "photo": reply.photo,
    }
