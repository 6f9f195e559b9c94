"""Which question words belong to: only one that stands on the last screen shown to its person.

A question ends to wait for words when its person goes home or presses something else, when a message is
sent below it, and with its day. It is then named, and whether words answer it is asked; nothing is taken
silently. What an answer means is its subject's affair.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.db import drafts, live_cards, messages, outbox
from bot.db.drafts import LastWords, Prompt
from bot.db.messages import Shown
from bot.db.notice import ANSWER, Button, Card, Notice, Rows
from bot.kit import live, whole
from bot.kit.act import TABLE, press
from bot.kit.card import to_home
from bot.kit.live import Delivered
from bot.kit.screen import Screen
from bot.kit.taps import Sent, Tap
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Rendering
from bot.values.action import action, parse
from bot.values.moments import in_viet_nam
from bot.values.refusal import refuse
from bot.values.texts import shortened

TITLE = 160
"""Characters of a question's name."""
QUOTED = 200
"""Characters of a message that are quoted."""
ANSWER_KIND = "answer"
"""The kind of messages that answer a press or a message."""
AWAY, BACK = ":away", ":back"
"""End the key of a refusal shown to who pressed something else than a button of the question, or one of it."""
_TAG = re.compile(r"<[^>]*>")
_BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)


def stands(asked: Prompt, at: datetime) -> bool:
    """Whether words of that moment answer the question: it is on the last screen shown, on the same day.

    Words written before it was put follow, after an outage, the press that put it (5.5).
    """
    return _on_screen(asked, at) and not _of_another_day(asked, at)


def _on_screen(asked: Prompt, at: datetime) -> bool:
    return not asked.turned_away and (asked.covered_at is None or asked.covered_at >= at)


def _of_another_day(asked: Prompt, at: datetime) -> bool:
    return in_viet_nam(at).date() > in_viet_nam(asked.asked_at).date()


def head_of(card: Card) -> str:
    """The first line of a card, as plain words."""
    line = next((each for each in card.text.splitlines() if each.strip()), "")
    return _plain(line)


def named(card: Card) -> str:
    """What a card is, and of what: its head, and where it stands below, the subject in bold letters."""
    head, bold = head_of(card), [_plain(each) for each in _BOLD.findall(card.text)]
    subject = next((each for each in bold if each and each not in head), "")
    return f"{head} · {subject}" if subject and bold and bold[0] in head else head


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()


async def shown(work: UnitOfWork, account: int, screen: Screen, *, turns_away: bool) -> None:
    """A screen goes to an account: it bears the question just put, or leaves one put before behind.

    A refused press changes no table: that its refusal was shown, its message tells by its key.
    """
    if screen.took is not None:
        await drafts.took(work.tx, account, screen.took)
    if screen.refused:
        return
    title = None
    if screen.card is not None:
        parts = (head_of(screen.card), screen.asks)
        title = shortened(": ".join(part for part in parts if part), TITLE)
    await drafts.shown(work.tx, account, title, turns_away=turns_away)


async def lay_down(work: UnitOfWork, chat_id: int, screen: Screen) -> None:
    """The screen of a question that words were taken for loses its buttons, as if one of them had been pressed.

    A form does so by itself; what shows a live card, or something else since, is left alone.
    """
    if screen.took is None or not screen.took_from or screen.only is not None:
        return
    key = answer_key(chat_id, screen.took_from)
    stands = await messages.still_shown(work.tx, key)
    if stands is None:
        return
    notice = Notice(
        key=f"taken:{chat_id}:{screen.took_from}",
        chat_id=chat_id,
        kind=ANSWER_KIND,
        card=answered_by_words(work.say, screen.took.title),
        message_id=stands.message_id,
        priority=ANSWER,
        legal=False,
        consultation_id=stands.consultation_id,
        about=stands.about,
    )
    await outbox.put(work.tx, notice, work.now)


def answered_by_words(say: Rendering, title: str) -> Card:
    """What the screen of a question says once words were taken for it."""
    return Card(say.text("question_answered", title=title))


async def turns_away(context: Context, account: int, data: str, answer: Screen) -> bool:
    """Whether a press leaves what was asked before; one of the question's own buttons, refused, does not."""
    if not answer.refused:
        return True
    async with context.look() as work:
        asked = await drafts.awaited(work.tx, account)
    pressed = parse(data)
    if asked is None or pressed is None:
        return True
    leads = TABLE.changes.get(asked.kind)
    stays = leads is not None and answer.back == leads(asked.ref)
    return not stays and pressed.action != asked.kind


@live.delivered.follow
async def _covered(work: UnitOfWork, sent: Delivered) -> None:
    """A new message of the bot, other than an answer, stands below whatever was asked."""
    row = sent.row
    if row.message_id is None and row.kind != ANSWER_KIND:
        await drafts.cover(work.tx, row.chat_id, work.now)


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a message belongs to: the question asked last, where there is one, and whether it is `taken`.

    `card` is what it was sent in reply to, where that is about something else.
    """

    asked: Prompt | None
    taken: bool
    card: Shown | None = None


async def belonging(work: UnitOfWork, sent: Sent) -> Belonging:
    """What these words answer, by the screen shown last and the message they reply to."""
    asked = await drafts.awaited(work.tx, sent.account)
    if asked is not None and asked.kind not in TABLE.words:
        asked = None
    card = await _other_card(work, sent, asked) if sent.reply_to is not None else None
    taken = asked is not None and card is None and stands(asked, sent.at)
    if taken and asked is not None:
        taken = not await _refused_elsewhere(work, sent.chat_id, asked)
    if not taken and asked is not None and asked.kind in TABLE.goes_on:
        asked = None
    return Belonging(asked, taken, card)


async def _refused_elsewhere(work: UnitOfWork, chat_id: int, asked: Prompt) -> bool:
    """Whether the last screen is the refusal of a press that had nothing to do with the question."""
    mine = answer_key(chat_id, "")
    away = await messages.last_ending(work.tx, mine, AWAY)
    put = await messages.last_ending(work.tx, mine, f":{asked.asked_by}")
    return away > max(put, await messages.last_ending(work.tx, mine, BACK))


async def _other_card(work: UnitOfWork, sent: Sent, asked: Prompt | None) -> Shown | None:
    """The card replied to, where it is about something, and about something else than the question."""
    card = await messages.shown_as(work.tx, sent.chat_id, sent.reply_to or 0)
    if card is None or card.subject is None:
        return None
    key = answer_key(sent.chat_id, asked.asked_by) if asked else ""
    question = await messages.put_under(work.tx, key) if asked else None
    if question is not None and question.subject == card.subject:
        return None
    stands_there = await live_cards.standing(work.tx, sent.chat_id, sent.reply_to or 0)
    return replace(card, live=stands_there or card.live)


def answer_key(chat_id: int, update_id: int | str) -> str:
    """The key of the answer to an update, or to an album."""
    return f"answer:{chat_id}:{update_id}"


# --- what is said of words that answer nothing by themselves -----------------------------------


TAKE, LEAVE = "take_words", "leave_words"
"""The presses that have a message taken as the answer to the question named, or not."""


def asks_whether(say: Rendering, update_id: int, asked: Prompt, sent: Sent) -> Card:
    """Names the question put last and asks whether the message of that update answers it."""
    quoted = shortened(" ".join(sent.text.split()), QUOTED)
    file, together = sent.file.name if sent.file else "", bool(sent.album)
    text = say.text(
        "words_for_question",
        asked=asked,
        quoted=quoted,
        file=file,
        together=together,
        of_another_day=_on_screen(asked, sent.at) and _of_another_day(asked, sent.at),
    )
    return Card(text, (*_ways(say, update_id, asked), to_home(say)))


def _ways(say: Rendering, update_id: int, asked: Prompt) -> Rows:
    take = action(TAKE, update_id, asked.asked_by)
    leave = action(LEAVE, update_id, asked.asked_by)
    return (
        (Button(say.label("button.take_words"), take, style="primary"),),
        (Button(say.label("button.leave_words"), leave),),
    )


async def to_other_card(
    work: UnitOfWork, update_id: int, sent: Sent, card: Shown, asked: Prompt | None
) -> Card:
    """Names the card that was replied to and leads there; a question put last is named, too."""
    say = work.say
    now = await whole.drawn(work, card.live, sent.chat_id) if card.live else Card(card.text)
    quoted = shortened(" ".join(sent.text.split()), QUOTED)
    title = shortened(named(now), TITLE) if now else ""
    text = say.text("words_for_card", title=title, quoted=quoted, asked=asked)
    rows: Rows = ()
    if card.live and now:
        opens = action("card_anew", *card.live.split(":"))
        rows = ((Button(say.label("button.card_anew"), opens, style="primary"),),)
    ways = _ways(say, update_id, asked) if asked else ()
    return Card(text, (*rows, *ways, to_home(say)))


@press("card_anew")
async def show_anew(_context: Context, tap: Tap) -> Screen:
    """A live card once more, as a new message; nothing is shown to who may not see it."""
    name = ":".join((tap.word(0), *(str(tap.number(n)) for n in range(1, len(tap.args)))))
    if tap.word(0) not in live.LIVE_CARDS:
        refuse("old_button")
    return Screen(live=name, as_new_message=True)


def not_taken(say: Rendering, kind: str, asked: Prompt | None) -> Card:
    """What was sent is neither words nor a file; a question that stands is named and goes on waiting."""
    text = say.text("not_taken", kind=kind, asked=asked)
    return Card(text, (to_home(say),))


def edited(say: Rendering, last: LastWords | None, asked: Prompt | None) -> Card:
    """A message was edited: what was taken stays; the way to change it, where there is one."""
    text = say.text("edited", last=last, asked=asked)
    change = TABLE.changes.get(last.kind) if last else None
    if last is None or change is None:
        return Card(text, (to_home(say),))
    named = f"change_button.{last.kind}"
    label = say.label(named if say.has_label(named) else "change_button.other")
    return Card(text, ((Button(label, change(last.ref), style="primary"),), to_home(say)))
