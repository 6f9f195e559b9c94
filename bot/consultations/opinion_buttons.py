"""The buttons of a member's opinion form. One predicate decides the button and the tap alike."""

from __future__ import annotations

from datetime import datetime

from bot.consultations.rules.consultation import Choice, Consultation, Reply, choices
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import (
    may_add_words,
    may_be_reminded,
    may_have_more_time,
    may_recuse,
    may_recuse_from_all,
    may_reply,
    may_reply_to_any,
    may_reserve,
    may_take_part,
    may_take_part_in_all,
)
from bot.db.notice import Button, Row, Rows, Style
from bot.kit.card import in_rows
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Strength
from bot.rendering import Rendering
from bot.values.action import action

EXCERPT = 900
"""Characters of the text shown on the card; the rest is one press away."""

STYLES: dict[Choice, Style | None] = {
    Choice.APPROVE: "success",
    Choice.APPROVE_WITH_COMMENTS: None,
    Choice.REJECT: "danger",
    Choice.DIFFER: None,
    Choice.ABSTAIN: None,
}


def rows_of(
    say: Rendering, dossier: Dossier, member: Person, now: datetime, *, changing: bool
) -> Rows:
    """Every button that this member may press now; `changing` shows the choices over an answer."""
    if dossier.contents:
        return _slip_rows(say, dossier, member, now)
    running, rows = dossier.running, list[Row]()
    reply = running.last_replies.get(member.id)
    if may_reply(running, member.id, now) is None:
        if reply is None or changing:
            rows += _choices(say, dossier, reply, changing=changing)
        else:
            rows += _answered(say, dossier, member, reply, now)
        rows += _receipt(say, running, member)
    if reply is not None and not changing and may_reserve(running, member.id, now) is None:
        key = "unreserve" if reply.reserved else "reserve"
        rows.append((Button(say.label(f"button.{key}"), action(key, dossier.id)),))
    return (*rows, *_further(say, dossier, member, now))


def _further(say: Rendering, dossier: Dossier, member: Person, now: datetime) -> Rows:
    """The ways that stand below the choices, whatever was answered."""
    running, rows = dossier.running, list[Row]()
    if any(each.closed_at is not None and each.running.close_recorded for each in dossier.each):
        rows.append((Button(say.label("button.result"), action("result", dossier.id)),))
    if dossier.files or len(dossier.text) > EXCERPT:
        rows.append((Button(say.label("button.open_text"), action("text", dossier.id)),))
    if may_have_more_time(running, member.id, now) is None:
        rows.append((Button(say.label("button.more_time"), action("more", dossier.id)),))
    return (
        *rows,
        *_taking_part(say, dossier, member, now),
        *remind_me_button(say, dossier, member, now),
    )


def _taking_part(say: Rendering, dossier: Dossier, member: Person, now: datetime) -> Rows:
    """To take no part, in the content shown or in the whole slip; and to take that back, content by content."""
    running, rows = dossier.running, list[Row]()
    if dossier.place and may_recuse(running, member.id, now) is None:
        label = say.label("button.recuse_content", place=dossier.place)
        rows.append((Button(label, action("recuse", dossier.id, dossier.place)),))
    if may_recuse_from_all(running, member.id, now) is None:
        key = "recuse_slip" if dossier.contents else "recuse"
        rows.append((Button(say.label(f"button.{key}"), action("recuse", dossier.id)),))
    if may_take_part_in_all(running, member.id, now) is None:
        rows.append((Button(say.label("button.take_part"), action("take_part", dossier.id)),))
        return tuple(rows)
    back = [
        Button(
            say.label("button.take_part_content", place=each.place),
            action("take_part", dossier.id, each.place),
        )
        for each in dossier.several
        if may_take_part(each.running, member.id, now) is None
    ]
    return (*rows, *((button,) for button in back))


def _slip_rows(say: Rendering, dossier: Dossier, member: Person, now: datetime) -> Rows:
    """Of a slip with several contents: the boxes of the one shown, and the way to every other one."""
    running, rows = dossier.running, list[Row]()
    if may_reply_to_any(running, member.id, now) is None:
        if dossier.place and may_reply(running, member.id, now) is None:
            rows += [
                (
                    Button(
                        say.label(f"choice.{choice.value}"),
                        action("reply", dossier.id, choice.value, dossier.place),
                        style=STYLES[choice],
                    ),
                )
                for choice in choices(running.rules)
            ]
        rows += _to_contents(say, dossier, member, now)
        rows += _receipt(say, running, member)
    for each in dossier.each:
        reply = each.running.last_replies.get(member.id)
        if reply is not None and may_reserve(each.running, member.id, now) is None:
            key = "unreserve" if reply.reserved else "reserve"
            label = say.label(f"button.{key}_content", place=each.place)
            rows.append((Button(label, action(key, dossier.id, each.place)),))
    return (*rows, *_further(say, dossier, member, now))


def _to_contents(say: Rendering, dossier: Dossier, member: Person, now: datetime) -> Rows:
    """The other contents, short buttons side by side: those with an answer to change it, those without to give one."""
    buttons = [
        Button(
            say.label(
                f"button.content_{'change' if member.id in each.running.last_replies else 'blank'}",
                place=each.place,
            ),
            action("edit", dossier.id, each.place),
        )
        for each in dossier.each
        if each.place != dossier.place and may_reply(each.running, member.id, now) is None
    ]
    return in_rows(buttons)


def remind_me_button(say: Rendering, dossier: Dossier, member: Person, now: datetime) -> Rows:
    """The row «Nhắc tôi sau», for whom it may be pressed."""
    if may_be_reminded(dossier.running, member.id, now) is not None:
        return ()
    return ((Button(say.label("button.remind_me"), action("remind_me", dossier.id)),),)


def _choices(say: Rendering, dossier: Dossier, reply: Reply | None, *, changing: bool) -> list[Row]:
    rows: list[Row] = [
        (
            Button(
                say.label(f"choice.{choice.value}"),
                action("reply", dossier.id, choice.value),
                style=STYLES[choice],
            ),
        )
        for choice in choices(dossier.body.written)
    ]
    if changing and reply is not None:
        rows.append((Button(say.label("button.keep_reply"), action("form", dossier.id)),))
    return rows


def _answered(
    say: Rendering, dossier: Dossier, member: Person, reply: Reply, now: datetime
) -> list[Row]:
    change = Button(say.label("button.change_reply"), action("edit", dossier.id), style="primary")
    rows: list[Row] = [(change,)]
    if reply.lacks_words and may_add_words(dossier.running, member.id, now) is None:
        rows.insert(0, (words_button(say, dossier, reply),))
    return rows


def words_button(say: Rendering, dossier: Dossier, reply: Reply) -> Button:
    """The way to the words of an answer that was given without them (5.3)."""
    place = (reply.content,) if dossier.contents else ()
    words = action("reply", dossier.id, reply.choice.value, *place)
    return Button(say.label(f"words_of.{reply.choice.value}"), words, style="primary")


def _receipt(say: Rendering, running: Consultation, member: Person) -> list[Row]:
    known = any(
        receipt.person == member.id and receipt.strength >= Strength.ACKNOWLEDGED
        for receipt in running.receipts
    )
    if known or member.id in running.first_replies:
        return []
    return [(Button(say.label("button.acknowledge"), action("ack", running.id)),)]
