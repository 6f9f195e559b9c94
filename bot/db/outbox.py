"""Every message to be sent, and what became of it. When and how it is sent is the delivery's affair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    Update,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.sql.dml import ReturningUpdate

from bot.db.instance import lives
from bot.db.notice import ANSWER, Control, Notice, controls
from bot.db.schema import outbox, people
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Reading, Transaction
from bot.db.upsert import insert_for
from bot.values.files import FileRef

KEPT = timedelta(days=3)
"""How long an answer to a press is kept once it is settled."""
CRASHES = 50
"""Claims after which a row found unanswered at a start is not tried again."""
AGAIN = "again"
"""Kept in `reason` while sending: what is shown changed meanwhile, so it is to be shown once more."""
SUPERSEDED = "superseded"
"""Kept in `reason` of a screen that was never sent: a newer one of its chat took its place."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row claimed for sending. `unknown` counts how often its fate could not be known."""

    id: int
    key: str
    chat_id: int
    kind: str
    live: str | None
    message_id: int | None
    text: str
    rows: Sequence[Sequence[Control]]
    files: tuple[FileRef, ...]
    priority: int
    legal: bool
    consultation_id: int | None
    about: str
    person_id: int | None
    not_before: datetime
    unknown: int

    @property
    def is_drawn(self) -> bool:
        """Whether its card is drawn when it is sent, as it stands then."""
        return self.live is not None and not self.text

    @property
    def has_legal_effect(self) -> bool:
        """Whether something follows from its arrival; an answer to a press only says what has been done."""
        return self.legal and self.priority != ANSWER


async def put(tx: Transaction, notice: Notice, now: datetime) -> None:
    """Have a notice sent. A second one of the same key is ignored; but an edit of a live card that
    is already settled waits again, and one being sent is sent once more.
    """
    await put_many(tx, (notice,), now)


async def put_many(tx: Transaction, notices: Iterable[Notice], now: datetime) -> None:
    """Have many notices sent, each as `put` does."""
    once: list[dict[str, Any]] = []
    edits: list[dict[str, Any]] = []
    shown: dict[int, list[list[Control]]] = {}
    for notice in tuple(notices):  # all of them stay, and with them what their cards are known by
        (edits if _is_live_edit(notice) else once).append(_values(notice, now, shown))
    dialect = tx.dialect.name
    if once:
        await tx.execute(_put_once(dialect), once)
    if edits:
        await tx.execute(_put_edit(dialect), edits)


async def put_in_place(tx: Transaction, notice: Notice, now: datetime) -> None:
    """Have a notice sent; one put under its key before is edited to show this, once it is there."""
    values = _values(notice, now, {})
    put = insert_for(tx.dialect.name, outbox)
    state, anew = outbox.c.state, put.excluded
    instead = {
        **{name: anew[name] for name in ("live", "text", "rows", "not_before")},
        "message_id": func.coalesce(outbox.c.message_id, outbox.c.sent_message_id),
        "state": case((state == "sending", state), else_="pending"),
        "reason": case((state == "sending", AGAIN), else_=None),
        "unknown": 0,
    }
    same = and_(outbox.c.text == anew.text, outbox.c.live.is_not_distinct_from(anew.live))
    edit = put.on_conflict_do_update(index_elements=[outbox.c.key], set_=instead, where=~same)
    await tx.execute(edit, values)


# Statements of the busiest path are built once: building one costs more than carrying it out.
@cache
def _put_once(dialect: str) -> Insert:
    return compiled_once(
        insert_for(dialect, outbox).on_conflict_do_nothing(index_elements=[outbox.c.key])
    )


@cache
def _put_edit(dialect: str) -> Insert:
    return compiled_once(waits_again(insert_for(dialect, outbox)))


def waits_again(edit: Insert) -> Insert:
    """An edit of a live card that was put before: a settled one waits again, one being sent is sent once more."""
    state, anew = outbox.c.state, edit.excluded
    waits = {
        "state": case((state == "sending", state), else_="pending"),
        "reason": case((state == "sending", AGAIN), else_=None),
        "not_before": case((state == "sending", outbox.c.not_before), else_=anew.not_before),
        "priority": anew.priority,
        "unknown": 0,
    }
    return edit.on_conflict_do_update(
        index_elements=[outbox.c.key], set_=waits, where=state != "pending"
    )


_NOTHING: list[Any] = []


def _is_live_edit(notice: Notice) -> bool:
    return notice.live is not None and notice.card is None and notice.message_id is not None


def _values(notice: Notice, now: datetime, shown: dict[int, list[list[Control]]]) -> dict[str, Any]:
    """The row of a notice; `shown` holds the buttons of cards that others of the same call show, by their identity."""
    card = notice.card
    if card is None and notice.live is None:
        raise ValueError(f"a notice shows a card or a live card: {notice.key}")
    if card is not None and id(card) not in shown:
        shown[id(card)] = controls(card.rows)
    return {
        "key": notice.key,
        "chat_id": notice.chat_id,
        "kind": notice.kind,
        "live": notice.live,
        "message_id": notice.message_id,
        "text": "" if card is None else card.text,
        "rows": _NOTHING if card is None else shown[id(card)],
        "files": [asdict(file) for file in notice.files] or _NOTHING,
        "priority": notice.priority,
        "legal": notice.legal,
        "consultation_id": notice.consultation_id,
        "about": notice.about,
        "person_id": notice.person_id,
        "created_at": now,
        "not_before": notice.not_before or now,
        "state": "pending",
        "attempts": 0,
        "unknown": 0,
    }


async def claim(
    tx: Transaction, now: datetime, most: int, *, others: int | None = None, by: int | None = None
) -> list[Outgoing]:
    """Take up to `most` rows that may be sent now, of which no more than `others` are without legal effect.

    `by` is the number of the process that sends them, where there may be several.


    One row of a chat at most, and none of a chat to which one is being sent: whoever asks for much waits
    alone. Who is a person of a committee comes before strangers, answers before notices before reminders,
    then by moment. Where several screens wait behind the one taken, the newest takes the place of the older.
    """
    room = {"by": now, "most": most, "others": most if others is None else others, "me": by}
    taken = list(await tx.execute(_CLAIM, room))
    crowded = [{"chat": row.chat_id, "by": now} for row in taken if row.behind > 1]
    if crowded:
        await tx.execute(_SUPERSEDE, crowded)
    rows = [_outgoing(row) for row in taken]
    return sorted(rows, key=lambda row: (row.priority, row.not_before, row.id))


def _claim() -> ReturningUpdate[Any]:
    """The first row of every chat that is free, then as many of these as there is room for."""
    being_sent = outbox.alias("being_sent")
    urgency = outbox.c.priority, outbox.c.not_before, outbox.c.id
    first = (
        select(
            *urgency,
            _HAS_LEGAL_EFFECT.label("legal_effect"),
            _IS_STRANGER.label("stranger"),
            func.row_number()
            .over(partition_by=outbox.c.chat_id, order_by=urgency)
            .label("in_chat"),
        )
        .where(
            outbox.c.state == "pending",
            outbox.c.not_before <= bindparam("by"),
            outbox.c.chat_id.not_in(
                select(being_sent.c.chat_id).where(being_sent.c.state == "sending")
            ),
        )
        .subquery("first")
    )
    order = first.c.stranger, first.c.priority, first.c.not_before, first.c.id
    of_its_kind = func.row_number().over(partition_by=first.c.legal_effect, order_by=order)
    ranked = select(*order, first.c.legal_effect, of_its_kind.label("place")).where(
        first.c.in_chat == 1
    )
    place = ranked.subquery("place")
    ready = (
        select(place.c.id)
        .where(or_(place.c.legal_effect, place.c.place <= bindparam("others")))
        .order_by(place.c.stranger, place.c.priority, place.c.not_before, place.c.id)
        .limit(bindparam("most"))
    )
    taken = {"state": "sending", "attempts": outbox.c.attempts + 1, "reason": None}
    return (
        update(outbox)
        .where(outbox.c.id.in_(ready.scalar_subquery()))
        .values(**taken, claimed_by=bindparam("me", type_=Integer))
        .returning(outbox, _screens_behind())
    )


_HAS_LEGAL_EFFECT = and_(outbox.c.legal, outbox.c.priority != ANSWER)
_IS_STRANGER = ~exists().where(people.c.account_id == outbox.c.chat_id)
"""A private chat has the number of its account; a group is nobody of a committee."""


def _is_screen(row: Any) -> ColumnElement[bool]:
    """Whether a waiting row only shows what a later screen of the chat shows anew: never what must arrive, no file."""
    return and_(
        row.c.state == "pending",
        row.c.kind == "answer",
        ~row.c.legal,
        cast(row.c.files, String) == "[]",
    )


def _screens_behind() -> ColumnElement[int]:
    behind = outbox.alias("behind")
    # Said in words: among what an UPDATE returns SQLite is told no table, and would compare `behind` with itself.
    same_chat = and_(behind.c.chat_id == literal_column("outbox.chat_id"), _is_screen(behind))
    return select(func.count()).where(same_chat).scalar_subquery().label("behind")


def _supersede() -> Update:
    """Of the screens that wait in a chat those that nobody needs any more are not sent.

    A message that was to be let show several things in turn shows the last; of new messages that show the
    same only the last comes. A stranger, for whom nothing depends on any of them, is sent the last alone.
    """
    screen = outbox.alias("screen")
    same_card = func.coalesce(screen.c.live, screen.c.text + cast(screen.c.rows, String))
    is_person = exists().where(people.c.account_id == screen.c.chat_id)
    shows = case((and_(screen.c.message_id.is_(None), is_person), same_card), else_="")
    newer = func.row_number().over(
        partition_by=(screen.c.message_id, shows), order_by=screen.c.id.desc()
    )
    waiting = (
        select(screen.c.id, newer.label("newer"))
        .where(screen.c.chat_id == bindparam("chat"), _is_screen(screen))
        .subquery("waiting")
    )
    older = select(waiting.c.id).where(waiting.c.newer > 1)
    return (
        update(outbox)
        .where(outbox.c.id.in_(older.scalar_subquery()))
        .values(state="dropped", reason=SUPERSEDED, settled_at=bindparam("by"))
    )


_SUPERSEDE = compiled_once(_supersede())


_CLAIM = compiled_once(_claim())


async def still_claimed(tx: Transaction, row_ids: Collection[int], by: int) -> frozenset[int]:
    """Which of these rows the process of that number still sends: others may have been taken over from it."""
    own = and_(outbox.c.state == "sending", outbox.c.claimed_by == by)
    return frozenset(
        (await tx.execute(select(outbox.c.id).where(outbox.c.id.in_(row_ids), own))).scalars()
    )


def _outgoing(row: Any) -> Outgoing:
    return Outgoing(
        id=row.id,
        key=row.key,
        chat_id=row.chat_id,
        kind=row.kind,
        live=row.live,
        message_id=row.message_id,
        text=row.text,
        rows=row.rows,
        files=tuple(FileRef(**file) for file in row.files),
        priority=row.priority,
        legal=row.legal,
        consultation_id=row.consultation_id,
        about=row.about,
        person_id=row.person_id,
        not_before=row.not_before,
        unknown=row.unknown,
    )


async def settle_sent(tx: Transaction, row_id: int, message_id: int | None, now: datetime) -> None:
    """Telegram took it. A live card that changed while it was sent waits again."""
    await tx.execute(_SETTLE_SENT, {"row": row_id, "message": message_id, "now": now})


_SETTLE_SENT = compiled_once(
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=case((outbox.c.reason == AGAIN, "pending"), else_="sent"),
        message_id=case(
            (outbox.c.reason == AGAIN, func.coalesce(outbox.c.message_id, bindparam("message"))),
            else_=outbox.c.message_id,
        ),
        reason=None,
        sent_message_id=bindparam("message"),
        settled_at=bindparam("now"),
    )
)


async def settle_undeliverable(tx: Transaction, row_id: int, reason: str, now: datetime) -> None:
    """It will not arrive, and why: "blocked", "chat not found", "unknown", or Telegram's own words."""
    await tx.execute(_of(row_id).values(state="undeliverable", reason=reason, settled_at=now))


async def settle_dropped(tx: Transaction, row_id: int, reason: str, now: datetime) -> None:
    """Nothing is left to show."""
    await tx.execute(_of(row_id).values(state="dropped", reason=reason, settled_at=now))


async def retry(tx: Transaction, row_id: int, not_before: datetime, *, unknown: bool) -> None:
    """It waits again; `unknown` when it may have arrived already."""
    await tx.execute(
        _of(row_id).values(
            state="pending",
            reason=None,
            not_before=not_before,
            unknown=outbox.c.unknown + int(unknown),
        )
    )


async def move_chat(tx: Transaction, old: int, new: int) -> None:
    """A group has got a new id: what waits for it goes there."""
    waiting = and_(outbox.c.chat_id == old, outbox.c.state.in_(("pending", "sending", "held")))
    await tx.execute(update(outbox).where(waiting).values(chat_id=new))


async def is_left(tx: Transaction) -> bool:
    """Whether a process of several that lives no more has left something between claim and answer."""
    return (await tx.execute(select(outbox.c.id).where(_LEFT_BY_DEAD).limit(1))).first() is not None


_LEFT_BY_DEAD = and_(
    outbox.c.state == "sending",
    or_(outbox.c.claimed_by.is_(None), ~lives(outbox.c.claimed_by)),
)


async def recover(tx: Transaction, now: datetime, *, among_several: bool = False) -> list[Outgoing]:
    """Have what a crash left between claim and answer wait again: most of it only waited its turn, and
    of what had gone out a crash costs one more copy. What has ended so many runs that it may be their
    cause is undeliverable for "unknown"; gives those rows. `among_several` what living processes send is theirs.
    """
    left = _LEFT_BY_DEAD if among_several else outbox.c.state == "sending"
    again = left & (outbox.c.attempts < CRASHES)
    await tx.execute(update(outbox).where(again).values(state="pending", reason=None))
    ends = {"state": "undeliverable", "reason": "unknown", "settled_at": now}
    ended = await tx.execute(update(outbox).where(left).values(ends).returning(outbox))
    return [_outgoing(row) for row in ended]


async def next_moment(tx: Transaction, now: datetime) -> datetime | None:
    """When the next row that waits for a later moment may be sent; None when none does."""
    found: datetime | None = (await tx.execute(_NEXT, {"by": now})).scalar()
    return found


_NEXT = compiled_once(
    select(func.min(outbox.c.not_before)).where(
        outbox.c.state == "pending", outbox.c.not_before > bindparam("by")
    )
)


async def unsettled(tx: Reading, now: datetime) -> int:
    """How many rows are being sent or should be by now."""
    return (await tx.execute(_UNSETTLED, {"by": now})).scalar() or 0


_UNSETTLED = compiled_once(
    select(func.count()).where(
        (outbox.c.state == "sending")
        | ((outbox.c.state == "pending") & (outbox.c.not_before <= bindparam("by")))
    )
)


async def oldest_unsent(tx: Transaction, now: datetime) -> datetime | None:
    """Since when the oldest notice with legal effect could have been sent, and was not; None where none waits."""
    found: datetime | None = (await tx.execute(_OLDEST, {"by": now})).scalar()
    return found


_OLDEST = compiled_once(
    select(func.min(outbox.c.not_before)).where(
        or_(outbox.c.state == "pending", outbox.c.state == "sending"),
        outbox.c.not_before <= bindparam("by"),
        _HAS_LEGAL_EFFECT,
    )
)


async def purge(tx: Transaction, before: datetime) -> int:
    """Remove answers and edits settled before a moment; notices stay, as evidence. Gives how many."""
    return int((await tx.execute(_PURGE, {"before": before})).rowcount)


_PURGE = compiled_once(
    delete(outbox).where(
        or_(outbox.c.kind == "answer", outbox.c.kind == "live"),
        and_(outbox.c.state != "pending", outbox.c.state != "sending"),
        outbox.c.settled_at < bindparam("before"),
    )
)


def _of(row_id: int) -> Update:
    return update(outbox).where(outbox.c.id == row_id)
