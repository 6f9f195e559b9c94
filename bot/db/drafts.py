"""Half-written forms, awaited words, and files in tables: what a restart must not lose. No rule lives here."""

from __future__ import annotations

import hashlib
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Select,
    String,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import Insert

from bot.db.schema import attachments, blobs, drafts, last_words, made_files, prompts
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_for, insert_into
from bot.values.files import FileRef

KEPT = timedelta(days=30)
"""How long a form is kept once it was sent or dropped: an old button under it then still says what became of it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form of one person: the answers so far."""

    id: int
    committee: int
    person: int
    kind: str
    fields: dict[str, Any]
    revision: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to be answered by a message, as it was put to an account.

    `asked_by` is the update that it followed, `title` the head of its screen. Something else was pressed
    since where `turned_away`; a message was sent below it at `covered_at`.
    """

    kind: str
    ref: dict[str, Any]
    asked_at: datetime
    asked_by: int = 0
    title: str = ""
    turned_away: bool = False
    covered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LastWords:
    """Where the last words of an account went: the question, its head, and the message they came in."""

    kind: str
    ref: dict[str, Any]
    title: str
    message_id: int


at_hand: ContextVar[int] = ContextVar("at_hand", default=0)
"""The update that is being answered: the question that it leads to is asked by it."""


async def add(
    tx: Transaction,
    committee: int,
    person: int,
    kind: str,
    fields: dict[str, Any],
    at: datetime,
) -> Draft:
    """Begin a form."""
    row = {
        "committee_id": committee,
        "person_id": person,
        "kind": kind,
        "fields": fields,
        "revision": 0,
        "updated_at": at,
    }
    entered = int((await tx.execute(_ADD, row)).scalar_one())
    return Draft(entered, committee, person, kind, fields, 0)


_ADD = compiled_once(insert(drafts).returning(drafts.c.id))


async def get(tx: Transaction, draft_id: int) -> Draft | None:
    """A form that is still being filled in."""
    row = await _row(tx, draft_id)
    return _draft(row) if row and row.ended_at is None else None


async def kind_of(tx: Transaction, draft_id: int) -> str | None:
    """What kind of form it is, or was."""
    row = await _row(tx, draft_id)
    return row.kind if row else None


async def _row(tx: Transaction, draft_id: int) -> Any:
    return (await tx.execute(_BY_ID, {"of": draft_id})).first()


_BY_ID = compiled_once(select(drafts).where(drafts.c.id == bindparam("of")))


async def latest(tx: Transaction, person: int, kind: str) -> Draft | None:
    """The form this person left unfinished last."""
    found = await tx.execute(
        select(drafts)
        .where(drafts.c.person_id == person, drafts.c.kind == kind, drafts.c.ended_at.is_(None))
        .order_by(drafts.c.id.desc())
        .limit(1)
    )
    row = found.first()
    return _draft(row) if row else None


async def unfinished(tx: Transaction, person: int) -> list[Draft]:
    """What this person left unfinished, the last one touched first: forms, and what a search keeps."""
    found = await tx.execute(_UNFINISHED, {"of": person})
    return [_draft(row) for row in found]


_UNFINISHED = compiled_once(
    select(drafts)
    .where(drafts.c.person_id == bindparam("of"), drafts.c.ended_at.is_(None))
    .order_by(drafts.c.updated_at.desc(), drafts.c.id.desc())
)


async def about(tx: Transaction, person: int, kind: str, fields: dict[str, Any]) -> Draft | None:
    """The unfinished form of this person that holds these answers, if there is one."""
    found = await tx.execute(
        select(drafts)
        .where(drafts.c.person_id == person, drafts.c.kind == kind, drafts.c.ended_at.is_(None))
        .order_by(drafts.c.id.desc())
    )
    return next((_draft(row) for row in found if fields.items() <= row.fields.items()), None)


def _draft(row: Any) -> Draft:
    return Draft(row.id, row.committee_id, row.person_id, row.kind, row.fields, row.revision)


async def fill(tx: Transaction, draft: Draft, fields: dict[str, Any], at: datetime) -> Draft:
    """Keep the answers so far; gives the form as it is from now on."""
    filled = replace(draft, fields=fields, revision=draft.revision + 1)
    kept = {"of": draft.id, "answers": fields, "number": filled.revision, "now": at}
    await tx.execute(_FILL, kept)
    return filled


_FILL = compiled_once(
    update(drafts)
    .where(drafts.c.id == bindparam("of"))
    .values(fields=bindparam("answers"), revision=bindparam("number"), updated_at=bindparam("now"))
)


async def end(tx: Transaction, draft_id: int, at: datetime) -> None:
    """The form is sent or dropped; it stays in the table for as long as `KEPT`."""
    await tx.execute(update(drafts).where(drafts.c.id == draft_id).values(ended_at=at))


async def end_all(tx: Transaction, committee: int, at: datetime) -> None:
    """Every form of a committee that is unfinished is dropped."""
    await tx.execute(
        update(drafts)
        .where(drafts.c.committee_id == committee, drafts.c.ended_at.is_(None))
        .values(ended_at=at)
    )


async def purge(tx: Transaction, before: datetime) -> int:
    """Remove forms that ended before a moment, with the files that were only theirs; gives how many.

    One whose files have gone on to a matter stays: each of them says from which form it came. So does the
    newest of all, or its number would be given to another form, and an old button would mean that.
    """
    await tx.execute(_PURGE_FILES, {"before": before})
    return int((await tx.execute(_PURGE, {"before": before})).rowcount)


_ENDED = drafts.c.ended_at < bindparam("before", type_=drafts.c.ended_at.type)
_PURGE_FILES = compiled_once(
    delete(attachments).where(
        attachments.c.draft_id.in_(select(drafts.c.id).where(_ENDED)),
        attachments.c.consultation_id.is_(None),
        attachments.c.meeting_id.is_(None),
        attachments.c.notice_id.is_(None),
    )
)
_PURGE = compiled_once(
    delete(drafts).where(
        _ENDED,
        ~exists().where(attachments.c.draft_id == drafts.c.id),
        drafts.c.id < select(func.max(drafts.c.id)).scalar_subquery(),
    )
)


# --- awaited words ---------------------------------------------------------------------------


async def await_words(
    tx: Transaction, account: int, kind: str, ref: dict[str, Any], at: datetime
) -> None:
    """The next typed message of this account answers this; an earlier question is forgotten."""
    row = {"account_id": account, "kind": kind, "ref": ref, "asked_at": at}
    fresh = {"asked_by": at_hand.get(), "title": "", "turned_away": False, "covered_at": None}
    await tx.execute(_await_words(tx.dialect.name), row | fresh)


@cache
def _await_words(dialect: str) -> Insert:
    table = insert_for(dialect, prompts)
    instead = {each.name: table.excluded[each.name] for each in prompts.c if not each.primary_key}
    return compiled_once(
        table.on_conflict_do_update(index_elements=[prompts.c.account_id], set_=instead)
    )


async def awaited(tx: Transaction, account: int) -> Prompt | None:
    """What this account was asked last and has not answered."""
    row = (await tx.execute(_AWAITED, {"of": account})).first()
    return Prompt(*row) if row else None


_OF_PROMPT = (
    prompts.c.kind,
    prompts.c.ref,
    prompts.c.asked_at,
    prompts.c.asked_by,
    prompts.c.title,
    prompts.c.turned_away,
    prompts.c.covered_at,
)
_AWAITED = compiled_once(select(*_OF_PROMPT).where(prompts.c.account_id == bindparam("of")))


async def answered(tx: Transaction, account: int) -> None:
    """Nothing is awaited of this account any more."""
    await tx.execute(_ANSWERED, {"of": account})


_ANSWERED = compiled_once(delete(prompts).where(prompts.c.account_id == bindparam("of")))


async def shown(
    tx: Transaction, account: int, title: str | None, *, turns_away: bool = False
) -> None:
    """A screen went to the account: under this head, where it has one, it bears what the update at hand led to ask.

    With `turns_away` the account has turned to something else than what it was asked before that update.
    """
    if title is not None or turns_away:
        by = {"of": account, "by": at_hand.get(), "head": title, "turns": turns_away}
        await tx.execute(_SHOWN, by)


_BY_AT_HAND = prompts.c.asked_by == bindparam("by")
_SHOWN = compiled_once(
    update(prompts)
    .where(prompts.c.account_id == bindparam("of"))
    .values(
        title=case(
            (_BY_AT_HAND, func.coalesce(bindparam("head", type_=String), prompts.c.title)),
            else_=prompts.c.title,
        ),
        turned_away=case(
            (_BY_AT_HAND, prompts.c.turned_away),
            else_=or_(prompts.c.turned_away, bindparam("turns", type_=Boolean)),
        ),
    )
)


async def cover(tx: Transaction, account: int, at: datetime) -> None:
    """A message was sent to the account, below what it was asked; the first such moment is kept."""
    await tx.execute(_COVER, {"of": account, "at": at})


_COVER = compiled_once(
    update(prompts)
    .where(prompts.c.account_id == bindparam("of"), prompts.c.covered_at.is_(None))
    .values(covered_at=bindparam("at"))
)


async def took(tx: Transaction, account: int, words: LastWords) -> None:
    """Words of this account were taken as the answer to a question."""
    await tx.execute(_took(tx.dialect.name), {"account_id": account, **asdict(words)})


@cache
def _took(dialect: str) -> Insert:
    table = insert_for(dialect, last_words)
    instead = {
        each.name: table.excluded[each.name] for each in last_words.c if not each.primary_key
    }
    return compiled_once(
        table.on_conflict_do_update(index_elements=[last_words.c.account_id], set_=instead)
    )


async def words_of(tx: Transaction, account: int) -> LastWords | None:
    """Where the last words of this account went; None where it has said nothing yet."""
    row = (await tx.execute(_WORDS, {"of": account})).first()
    return LastWords(*row) if row else None


_WORDS = compiled_once(
    select(last_words.c.kind, last_words.c.ref, last_words.c.title, last_words.c.message_id).where(
        last_words.c.account_id == bindparam("of")
    )
)


# --- files -----------------------------------------------------------------------------------


async def keep_blob(tx: Transaction, content: bytes) -> str:
    """Keep bytes once under their SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    statement = insert_into(tx, blobs).values(sha256=digest, size=len(content), content=content)
    await tx.execute(statement.on_conflict_do_nothing())
    return digest


async def blob(tx: Transaction, sha256: str) -> bytes | None:
    """The bytes under a digest: kept, or made to be sent."""
    found = await tx.execute(select(blobs.c.content).where(blobs.c.sha256 == sha256))
    kept: bytes | None = found.scalar()
    if kept is not None:
        return kept
    made = await tx.execute(select(made_files.c.content).where(made_files.c.sha256 == sha256))
    content: bytes | None = made.scalar()
    return content


async def pass_on(tx: Transaction, content: bytes, at: datetime) -> str:
    """Hold bytes that the bot made until they are sent; `forget_made` lets them go."""
    digest = hashlib.sha256(content).hexdigest()
    row = {"sha256": digest, "content": content, "made_at": at}
    statement = insert_into(tx, made_files).values(row)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=[made_files.c.sha256], set_={"made_at": at})
    )
    return digest


async def forget_made(tx: Transaction, before: datetime) -> None:
    """Let go what was made before a moment: it has been sent, or never will be."""
    await tx.execute(_FORGET_MADE, {"before": before})


_FORGET_MADE = compiled_once(delete(made_files).where(made_files.c.made_at < bindparam("before")))


async def attach(tx: Transaction, draft_id: int, file: FileRef, sent_by: int) -> None:
    """Attach a file to a form."""
    await tx.execute(
        insert(attachments).values(
            draft_id=draft_id,
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            file_id=file.file_id,
            sent_by=sent_by,
        )
    )


async def detach_all(tx: Transaction, draft_id: int) -> None:
    """Take all files off a form."""
    await tx.execute(delete(attachments).where(attachments.c.draft_id == draft_id))


async def files_of_draft(tx: Transaction, draft_id: int) -> tuple[FileRef, ...]:
    """The files attached to a form, in order."""
    return await _files(tx, _OF_DRAFT, draft_id)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a consultation; `added_at` is None for one that it opened with."""

    file: FileRef
    added_at: datetime | None
    sent_by: int


async def files_of_consultation(tx: Transaction, consultation_id: int) -> tuple[Attached, ...]:
    """The frozen files of a consultation, in order; those added later come last."""
    found = await tx.execute(_OF_CONSULTATION, {"of": consultation_id})
    return tuple(Attached(_file(row), row.added_at, row.sent_by) for row in found)


_IN_ORDER = select(attachments).order_by(attachments.c.id)
_OF_DRAFT = compiled_once(_IN_ORDER.where(attachments.c.draft_id == bindparam("of")))
_OF_CONSULTATION = compiled_once(
    _IN_ORDER.where(attachments.c.consultation_id == bindparam("of")), lasting=True
)


async def _files(tx: Transaction, query: Select[Any], of: int) -> tuple[FileRef, ...]:
    found = await tx.execute(query, {"of": of})
    return tuple(_file(row) for row in found)


def _file(row: Any) -> FileRef:
    return FileRef(row.name, row.file_id, row.sha256, row.size)


async def carry_over(
    tx: Transaction,
    file: FileRef,
    consultation_id: int,
    sent_by: int,
    added_at: datetime | None = None,
) -> None:
    """A file whose bytes are kept already becomes one of a consultation, too: at its opening, or added later."""
    await tx.execute(
        insert(attachments).values(
            consultation_id=consultation_id,
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            file_id=file.file_id,
            sent_by=sent_by,
            added_at=added_at,
        )
    )


async def take_off(tx: Transaction, consultation_id: int, sha256: str | None = None) -> None:
    """Take all files, or the one with that digest, off a request; their bytes stay kept."""
    statement = delete(attachments).where(attachments.c.consultation_id == consultation_id)
    if sha256 is not None:
        statement = statement.where(attachments.c.sha256 == sha256)
    await tx.execute(statement)


async def hand_over_files(tx: Transaction, draft_id: int, consultation_id: int) -> None:
    """The files of a form become those of the consultation submitted from it."""
    await tx.execute(
        update(attachments)
        .where(attachments.c.draft_id == draft_id)
        .values(consultation_id=consultation_id)
    )
