"""The people of a committee on the phone of its clerk and head. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.db.notice import Card
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.people import newcomer, rebinding, roster, staffing
from bot.values.refusal import Refusal

SERVICE = {"full_time": True, "part_time": False}


def _shown(context: Context, card: Card | Refusal, toast: str = "") -> Screen | Refusal:
    if isinstance(card, Refusal):
        return card
    return Screen(card, toast=context.say.label(f"people_toast.{toast}") if toast else "")


async def people(context: Context, tap: Tap) -> Screen | Refusal:
    """The list, or one page of it: everybody, or those who have not joined."""
    page = tap.number(1) if len(tap.args) > 1 else 0
    waiting = tap.args[2:] == ("waiting",)
    return _shown(
        context, await roster.page(context, tap.account, tap.number(0), page, waiting=waiting)
    )


async def ask_query(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Tìm theo tên"."""
    return _shown(context, await roster.ask_name(context, tap.account, tap.number(0)))


async def search(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """A name to look for."""
    return _shown(context, await roster.search(context, sent.account, ref["committee"], sent.text))


async def one(context: Context, tap: Tap) -> Screen | Refusal:
    """One person."""
    return _shown(context, await roster.person_card(context, tap.account, tap.number(0)))


async def invite(context: Context, tap: Tap) -> Screen | Refusal:
    """A new invitation; its link follows as a message of its own."""
    card = await staffing.invite(context, tap.account, tap.number(0))
    return _shown(context, card, "invited")


async def ask_name(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Sửa họ tên"."""
    return _shown(context, await staffing.ask_name(context, tap.account, tap.number(0)))


async def rename(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The name as it should be written."""
    return _shown(context, await staffing.rename(context, sent.account, ref["person"], sent.text))


# --- seats -----------------------------------------------------------------------------------


async def seat(context: Context, tap: Tap) -> Screen | Refusal:
    """One seat of a person."""
    card = await staffing.seat_card(context, tap.account, tap.number(0), tap.word(1))
    return _shown(context, card)


async def office(context: Context, tap: Tap) -> Screen | Refusal:
    """Another office in that seat."""
    person, body, name = tap.number(0), tap.word(1), tap.word(2)
    card = await staffing.change_office(context, tap.account, person, body, name)
    return _shown(context, card, "changed")


async def service(context: Context, tap: Tap) -> Screen | Refusal:
    """Full time, or beside other work."""
    if tap.word(2) not in SERVICE:
        raise MalformedPressError
    card = await staffing.change_time(
        context, tap.account, tap.number(0), tap.word(1), full_time=SERVICE[tap.word(2)]
    )
    return _shown(context, card, "changed")


async def join(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thêm vào tập thể khác": first which, then with which office."""
    body = tap.word(1) if len(tap.args) > 1 else None
    return _shown(context, await staffing.ask_body(context, tap.account, tap.number(0), body))


async def join_yes(context: Context, tap: Tap) -> Screen | Refusal:
    """The body and the office were chosen."""
    person, body, name = tap.number(0), tap.word(1), tap.word(2)
    card = await staffing.join_body(context, tap.account, person, body, name)
    return _shown(context, card, "changed")


async def leave(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thôi giữ vị trí này": asked once more."""
    card = await staffing.leave(context, tap.account, tap.number(0), tap.word(1), confirmed=False)
    return _shown(context, card)


async def leave_yes(context: Context, tap: Tap) -> Screen | Refusal:
    """The seat is given up."""
    card = await staffing.leave(context, tap.account, tap.number(0), tap.word(1), confirmed=True)
    return _shown(context, card, "changed")


async def retire(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thôi tham gia": asked once more."""
    card = await staffing.retire(context, tap.account, tap.number(0), confirmed=False)
    return _shown(context, card)


async def retire_yes(context: Context, tap: Tap) -> Screen | Refusal:
    """The person leaves the committee."""
    card = await staffing.retire(context, tap.account, tap.number(0), confirmed=True)
    return _shown(context, card, "retired")


# --- another account -------------------------------------------------------------------------


async def rebind(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đổi tài khoản Telegram": what it means."""
    card = await rebinding.ask(context, tap.account, tap.number(0), confirmed=False)
    return _shown(context, card)


async def rebind_yes(context: Context, tap: Tap) -> Screen | Refusal:
    """The wish goes to the head."""
    card = await rebinding.ask(context, tap.account, tap.number(0), confirmed=True)
    return _shown(context, card, "asked")


async def rebind_ok(context: Context, tap: Tap) -> Screen | Refusal:
    """The head agrees."""
    return await rebinding.settle(context, tap.account, tap.number(0), approved=True)


async def rebind_no(context: Context, tap: Tap) -> Screen | Refusal:
    """The head declines."""
    return await rebinding.settle(context, tap.account, tap.number(0), approved=False)


# --- somebody new ----------------------------------------------------------------------------


async def add(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thêm người": begins a form or goes on with the one left unfinished."""
    return _shown(context, await newcomer.begin(context, tap.account, tap.number(0)))


async def fill(context: Context, tap: Tap) -> Screen | Refusal:
    """An answer by a button."""
    card = await newcomer.answer(context, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return _shown(context, card)


async def typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The name of somebody new."""
    return _shown(context, await newcomer.typed(context, sent.account, ref["draft"], sent.text))


async def back(context: Context, tap: Tap) -> Screen | Refusal:
    """One question back."""
    return _shown(context, await newcomer.back(context, tap.account, tap.number(0)))


async def drop(context: Context, tap: Tap) -> Screen | Refusal:
    """The form is put aside."""
    return _shown(context, await newcomer.drop(context, tap.account, tap.number(0)))


async def add_yes(context: Context, tap: Tap) -> Screen | Refusal:
    """The person is entered; the link of the invitation follows as a message of its own."""
    return _shown(context, await newcomer.add(context, tap.account, tap.number(0)), "added")


PRESSES: dict[str, Pressed] = {
    "people": people,
    "people_find": ask_query,
    "people_one": one,
    "people_invite": invite,
    "people_rename": ask_name,
    "people_seat": seat,
    "people_office": office,
    "people_time": service,
    "people_join": join,
    "people_join_body": join,
    "people_join_yes": join_yes,
    "people_leave": leave,
    "people_leave_yes": leave_yes,
    "people_retire": retire,
    "people_retire_yes": retire_yes,
    "people_rebind": rebind,
    "people_rebind_yes": rebind_yes,
    "people_rebind_ok": rebind_ok,
    "people_rebind_no": rebind_no,
    "people_add": add,
    "people_new": fill,
    "people_new_back": back,
    "people_new_drop": drop,
    "people_new_yes": add_yes,
}
WORDS: dict[str, Typed] = {
    "people_find": search,
    "people_name": rename,
    "people_new": typed,
}
