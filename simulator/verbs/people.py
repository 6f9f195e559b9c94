"""Verbs about who sits where: asked by the office, confirmed by a second person; and how somebody joins."""

from __future__ import annotations

from dataclasses import replace

from bot.db import people as people_tables
from bot.db import rulebooks
from bot.kit import card, seconding
from bot.people import changing
from bot.people.rules.founding import AGENCY
from bot.people.rules.people import BESIDE, Person, Role
from bot.regulations.rules.regulation import Regulation
from bot.values.refusal import Refused
from simulator.difference import NotPossibleError
from simulator.phone_client import PhoneClient, RefusedByBot
from simulator.story import Step
from simulator.verbs.forms import decision, fill_in
from simulator.verbs.roster import Roster, Verb

NO_DECISION = "none"
"""The key `decision` of what rests on none."""

# --- asked by the office ---------------------------------------------------------------------


async def add_person(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Fill in the form question by question, and send it."""
    await _ruled(cast, step)
    await hands.press("people_add", cast.committee)
    await fill_in_person(cast, hands, step)


async def fill_in_person(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Answer the form of a newcomer that is shown, and send it."""
    await fill_in(cast, hands, step, _answer)
    await _known(cast, step.of or "")


async def _answer(cast: Roster, hands: PhoneClient, step: Step, draft: int, question: str) -> None:
    if question == "name":
        await hands.say(step.name or step.of or "")
    elif question == "decision" and step.decision == NO_DECISION:
        await hands.press("form_fill", draft, question, "")
    elif question == "decision":
        await hands.say(decision(step))
    else:
        await hands.press("form_fill", draft, question, await _choice(cast, step, question))


async def _ruled(cast: Roster, step: Step) -> Regulation:
    """The rule book in force; an office of the step that it does not describe is told, with those that there are."""
    async with cast.stage.bot.context.look() as work:
        kept = await people_tables.committee(work.tx, cast.committee)
        regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    described = (*regulation.offices, *(role.value for role in BESIDE))
    if step.office and step.office not in described:
        raise NotPossibleError("office_unknown", office=step.office, offices=described)
    return regulation


async def _choice(cast: Roster, step: Step, question: str) -> str:
    regulation = await _ruled(cast, step)
    agencies = regulation.body(cast.body(step)).of_agencies
    office = step.office or (AGENCY if agencies else "member")
    beside = {role.value for role in BESIDE}
    officer = agencies and office != AGENCY
    match question:
        case "role":
            other = Role.OFFICER.value if officer else Role.MEMBER.value
            return office if office in beside else other
        case "body":
            return "-" if officer and not step.body else cast.body(step)
        case "office":
            return office
        case _:
            return "yes"


async def end_seat(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Out of the body that the step names, else out of the committee; of who is a clerk besides, that part alone."""
    of = cast.person(step.of)
    if step.office == Role.CLERK:
        await hands.press("people_one", of)
        await _part(hands, step, "people_clerk_no", of)
        return
    act = ("people_leave", of, step.body) if step.body else ("people_retire", of)
    await hands.press("people_one", of)
    await hands.press(*act)
    if hands.shows(*act, "yes", "") is not None:  # on no roll: nothing more is asked
        await hands.press(*act, "yes", "")
        return
    await hands.press(*act, "yes")
    await hands.say(decision(step))


async def change_office(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Another office in the body of the step; a first one, where the person has no seat there; the office's part."""
    await _ruled(cast, step)
    of, body = cast.person(step.of), cast.body(step)
    if step.office == Role.CLERK:
        await hands.press("people_one", of)
        await _part(hands, step, "people_clerk", of)
        return
    act = "people_office"
    if (await _person(cast, of)).seat_in(body) is None and cast.story.member:
        act = "people_join"
    await hands.press("people_one", of)
    await hands.press(act, of, body, step.office)
    await hands.say(decision(step))


async def _part(hands: PhoneClient, step: Step, act: str, of: int) -> None:
    """The office's part of somebody of the roll, given or ended; a decision stands behind it where the step has one."""
    await hands.press(act, of)
    if step.decision in ("", NO_DECISION):
        await hands.press(act, of, "")
    else:
        await hands.say(decision(step))


async def _person(cast: Roster, person: int) -> Person:
    async with cast.stage.bot.context.look() as work:
        found = await people_tables.person(work.tx, person)
    if found is None:
        raise NotPossibleError("nobody_now")
    return found


async def ask_rebinding(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Ask for another Telegram account."""
    await hands.press("people_rebind", cast.person(step.of))
    await hands.press("people_rebind", cast.person(step.of), "yes")


async def rename_person(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Write a name anew; in the story the person is called as before."""
    await hands.press("people_rename", cast.person(step.of))
    await hands.say(step.name)


async def reissue_invitation(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Have an invitation issued once more."""
    await hands.press("people_invite", cast.person(step.of))


async def take_back_personnel(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Take back what was asked about somebody last."""
    await hands.press("approval_back", await _request(cast, step))


# --- the second word -------------------------------------------------------------------------


async def confirm_personnel(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Confirm what was asked about somebody last."""
    await hands.press("approval_yes", await _request(cast, step))
    await _known(cast, step.of or "")


async def refuse_personnel(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Refuse it, with a reason."""
    await hands.press("approval_no", await _request(cast, step))
    await hands.say(step.reason or "Chưa đủ căn cứ")


async def machine_confirms(cast: Roster, _hands: PhoneClient, step: Step) -> None:
    """Who runs the machine confirms by the command line, and hands the invitation on."""
    request = await _request(cast, step)
    address = cast.stage.bot.context.link
    await cast.stage.stop_bot()  # a command that writes runs while the bot does not
    try:
        async with cast.stage.context() as down, replace(down, link=address).work() as work:
            link = await seconding.confirm_by_machine(work, request)
    except Refused as no:
        raise RefusedByBot(card.card(cast.stage.say, no.refusal).text) from no
    finally:
        await cast.stage.start_bot()
    await cast.stage.settle()
    await _known(cast, step.of or "")
    if link:
        cast.links[step.of or ""] = link


async def _request(cast: Roster, step: Step) -> int:
    name = step.of or ""
    person = cast.persons.get(name, 0)
    found = await changing.newest(cast.stage.bot.context, name, person)
    if found is None:
        raise NotPossibleError("nothing_asked", name=name)
    return found


async def _known(cast: Roster, name: str) -> None:
    """Somebody new is in the committee: later steps may name him."""
    if name in cast.persons:
        return
    async with cast.stage.bot.context.look() as work:
        everybody = await people_tables.of_committee(work.tx, cast.committee)
    cast.persons |= {each.name: each.id for each in everybody if each.name == name}


# --- joining ---------------------------------------------------------------------------------


async def join(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """Open the newest invitation; one that has run out is issued anew by a clerk first."""
    name = step.who or ""
    link = _newest_link(cast, name) or cast.links.get(name)
    if link is None:
        raise NotPossibleError("no_invitation")
    try:
        await hands.open_link(link)
    except RefusedByBot:
        clerk = next((actor.name for actor in cast.story.clerk if actor.joined), None)
        if clerk is None or name not in cast.persons:
            raise
        await cast.hands[clerk].try_press("people_invite", cast.person(name))
        again = _newest_link(cast, name)
        if again in (None, link):
            raise
        await hands.open_link(again or "")


def _newest_link(cast: Roster, name: str) -> str | None:
    """The link that the bot sent last for somebody, in whosever chat."""
    sent = [
        (message.message_id, word)
        for hands in cast.hands.values()
        for message in hands.messages
        if message.from_bot and name in message.text.partition("\n")[0]
        for word in message.text.split()
        if "start=" in word
    ]
    return max(sent)[1] if sent else None


VERBS: dict[str, Verb] = {
    "add_person": add_person,
    "end_seat": end_seat,
    "change_office": change_office,
    "ask_rebinding": ask_rebinding,
    "rename_person": rename_person,
    "reissue_invitation": reissue_invitation,
    "take_back_personnel": take_back_personnel,
    "confirm_personnel": confirm_personnel,
    "refuse_personnel": refuse_personnel,
    "machine_confirms": machine_confirms,
    "join": join,
}
