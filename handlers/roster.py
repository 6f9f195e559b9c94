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


def _shown(desk: Context, card: Card | Refusal, toast: str = "") -> Screen | Refusal:
    if isinstance(card, Refusal):
        return card
    return Screen(card, toast=desk.say.label(f"people_toast.{toast}") if toast else "")


async def people(desk: Context, tap: Tap) -> Screen | Refusal:
    """The list, or one page of it: everybody, or those who have not joined."""
    page = tap.number(1) if len(tap.args) > 1 else 0
    waiting = tap.args[2:] == ("waiting",)
    return _shown(desk, await roster.page(desk, tap.account, tap.number(0), page, waiting=waiting))


async def ask_query(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Tìm theo tên"."""
    return _shown(desk, await roster.ask_name(desk, tap.account, tap.number(0)))


async def search(desk: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """A name to look for."""
    return _shown(desk, await roster.search(desk, sent.account, ref["committee"], sent.text))


async def one(desk: Context, tap: Tap) -> Screen | Refusal:
    """One person."""
    return _shown(desk, await roster.person_card(desk, tap.account, tap.number(0)))


async def invite(desk: Context, tap: Tap) -> Screen | Refusal:
    """A new invitation; its link follows as a message of its own."""
    card = await staffing.invite(desk, tap.account, tap.number(0))
    return _shown(desk, card, "invited")


async def ask_name(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Sửa họ tên"."""
    return _shown(desk, await staffing.ask_name(desk, tap.account, tap.number(0)))


async def rename(desk: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The name as it should be written."""
    return _shown(desk, await staffing.rename(desk, sent.account, ref["person"], sent.text))


# --- seats -----------------------------------------------------------------------------------


async def seat(desk: Context, tap: Tap) -> Screen | Refusal:
    """One seat of a person."""
    card = await staffing.seat_card(desk, tap.account, tap.number(0), tap.word(1))
    return _shown(desk, card)


async def office(desk: Context, tap: Tap) -> Screen | Refusal:
    """Another office in that seat."""
    person, body, name = tap.number(0), tap.word(1), tap.word(2)
    card = await staffing.change_office(desk, tap.account, person, body, name)
    return _shown(desk, card, "changed")


async def service(desk: Context, tap: Tap) -> Screen | Refusal:
    """Full time, or beside other work."""
    if tap.word(2) not in SERVICE:
        raise MalformedPressError
    card = await staffing.change_time(
        desk, tap.account, tap.number(0), tap.word(1), full_time=SERVICE[tap.word(2)]
    )
    return _shown(desk, card, "changed")


async def join(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thêm vào tập thể khác": first which, then with which office."""
    body = tap.word(1) if len(tap.args) > 1 else None
    return _shown(desk, await staffing.ask_body(desk, tap.account, tap.number(0), body))


async def join_yes(desk: Context, tap: Tap) -> Screen | Refusal:
    """The body and the office were chosen."""
    person, body, name = tap.number(0), tap.word(1), tap.word(2)
    card = await staffing.join_body(desk, tap.account, person, body, name)
    return _shown(desk, card, "changed")


async def leave(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thôi giữ vị trí này": asked once more."""
    card = await staffing.leave(desk, tap.account, tap.number(0), tap.word(1), confirmed=False)
    return _shown(desk, card)


async def leave_yes(desk: Context, tap: Tap) -> Screen | Refusal:
    """The seat is given up."""
    card = await staffing.leave(desk, tap.account, tap.number(0), tap.word(1), confirmed=True)
    return _shown(desk, card, "changed")


async def retire(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thôi tham gia": asked once more."""
    card = await staffing.retire(desk, tap.account, tap.number(0), confirmed=False)
    return _shown(desk, card)


async def retire_yes(desk: Context, tap: Tap) -> Screen | Refusal:
    """The person leaves the committee."""
    card = await staffing.retire(desk, tap.account, tap.number(0), confirmed=True)
    return _shown(desk, card, "retired")


# --- another account -------------------------------------------------------------------------


async def rebind(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đổi tài khoản Telegram": what it means."""
    card = await rebinding.ask(desk, tap.account, tap.number(0), confirmed=False)
    return _shown(desk, card)


async def rebind_yes(desk: Context, tap: Tap) -> Screen | Refusal:
    """The wish goes to the head."""
    card = await rebinding.ask(desk, tap.account, tap.number(0), confirmed=True)
    return _shown(desk, card, "asked")


async def rebind_ok(desk: Context, tap: Tap) -> Screen | Refusal:
    """The head agrees."""
    return await rebinding.settle(desk, tap.account, tap.number(0), approved=True)


async def rebind_no(desk: Context, tap: Tap) -> Screen | Refusal:
    """The head declines."""
    return await rebinding.settle(desk, tap.account, tap.number(0), approved=False)


# --- somebody new ----------------------------------------------------------------------------


async def add(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Thêm người": begins a form or goes on with the one left unfinished."""
    return _shown(desk, await newcomer.begin(desk, tap.account, tap.number(0)))


async def fill(desk: Context, tap: Tap) -> Screen | Refusal:
    """An answer by a button."""
    card = await newcomer.answer(desk, tap.account, tap.number(0), tap.word(1), tap.word(2))
    return _shown(desk, card)


async def typed(desk: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The name of somebody new."""
    return _shown(desk, await newcomer.typed(desk, sent.account, ref["draft"], sent.text))


async def back(desk: Context, tap: Tap) -> Screen | Refusal:
    """One question back."""
    return _shown(desk, await newcomer.back(desk, tap.account, tap.number(0)))


async def drop(desk: Context, tap: Tap) -> Screen | Refusal:
    """The form is put aside."""
    return _shown(desk, await newcomer.drop(desk, tap.account, tap.number(0)))


async def add_yes(desk: Context, tap: Tap) -> Screen | Refusal:
    """The person is entered; the link of the invitation follows as a message of its own."""
    return _shown(desk, await newcomer.add(desk, tap.account, tap.number(0)), "added")


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
