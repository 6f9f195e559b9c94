"""Half-written forms, awaited words, and files in tables: what a restart must not lose. No rule lives here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import Insert

from bot.db.schema import attachments, blobs, drafts, made_files, prompts
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_for, insert_into
from bot.values.files import FileRef


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
    """What the next typed message of an account answers."""

    kind: str
    ref: dict[str, Any]


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
    """The form is sent or dropped; it stays in the table."""
    await tx.execute(update(drafts).where(drafts.c.id == draft_id).values(ended_at=at))


# --- awaited words ---------------------------------------------------------------------------


async def await_words(
    tx: Transaction, account: int, kind: str, ref: dict[str, Any], at: datetime
) -> None:
    """The next typed message of this account answers this; an earlier question is forgotten."""
    row = {"account_id": account, "kind": kind, "ref": ref, "asked_at": at}
    await tx.execute(_await_words(tx.dialect.name), row)


@cache
def _await_words(dialect: str) -> Insert:
    table = insert_for(dialect, prompts)
    instead = {name: table.excluded[name] for name in ("kind", "ref", "asked_at")}
    return compiled_once(
        table.on_conflict_do_update(index_elements=[prompts.c.account_id], set_=instead)
    )


async def awaited(tx: Transaction, account: int) -> Prompt | None:
    """What this account was asked last and has not answered."""
    row = (await tx.execute(_AWAITED, {"of": account})).first()
    return Prompt(row.kind, row.ref) if row else None


_AWAITED = compiled_once(select(prompts).where(prompts.c.account_id == bindparam("of")))


async def answered(tx: Transaction, account: int) -> None:
    """Nothing is awaited of this account any more."""
    await tx.execute(_ANSWERED, {"of": account})


_ANSWERED = compiled_once(delete(prompts).where(prompts.c.account_id == bindparam("of")))


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


async def files_of_consultation(tx: Transaction, consultation_id: int) -> tuple[FileRef, ...]:
    """The frozen files of a consultation, in order."""
    return await _files(tx, _OF_CONSULTATION, consultation_id)


_IN_ORDER = select(attachments).order_by(attachments.c.id)
_OF_DRAFT = compiled_once(_IN_ORDER.where(attachments.c.draft_id == bindparam("of")))
_OF_CONSULTATION = compiled_once(
    _IN_ORDER.where(attachments.c.consultation_id == bindparam("of")), lasting=True
)


async def _files(tx: Transaction, query: Select[Any], of: int) -> tuple[FileRef, ...]:
    found = await tx.execute(query, {"of": of})
    return tuple(FileRef(row.name, row.file_id, row.sha256, row.size) for row in found)


async def carry_over(tx: Transaction, file: FileRef, consultation_id: int, sent_by: int) -> None:
    """A file that is kept already becomes one of another consultation, too."""
    await tx.execute(
        insert(attachments).values(
            consultation_id=consultation_id,
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            file_id=file.file_id,
            sent_by=sent_by,
        )
    )


async def hand_over_files(tx: Transaction, draft_id: int, consultation_id: int) -> None:
    """The files of a form become those of the consultation submitted from it."""
    await tx.execute(
        update(attachments)
        .where(attachments.c.draft_id == draft_id)
        .values(consultation_id=consultation_id)
    )
