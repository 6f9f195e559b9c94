"""The head is away: who is played entering it, taking the work on, and ending it. What follows is judged elsewhere."""

from __future__ import annotations

from simulator.phone_client import PhoneClient
from simulator.story import Step, local
from simulator.verbs.forms import decision
from simulator.verbs.roster import Roster, Verb


async def enter_absence(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """The clerk chooses the head, says from when until when."""
    await hands.try_press("deleg", cast.committee)
    await hands.try_press("absence_new", cast.committee)
    await hands.press("absence_new", cast.committee, cast.person(step.of))
    await _say_span(hands, step)
    cast.absences += 1


async def put_on_duty(cast: Roster, hands: PhoneClient, step: Step) -> None:
    """The clerk, or the head, enters whom the body has put on duty, and its decision."""
    await hands.try_press("deleg", cast.committee)
    await hands.try_press("duty_new", cast.committee)
    await hands.try_press("duty_new", cast.committee, cast.body(step))
    await on_duty(cast, hands, step, cast.person(step.of))


async def on_duty(cast: Roster, hands: PhoneClient, step: Step, to: int) -> None:
    """The same of this person, by the decision of the step or one of that day."""
    await hands.press("duty_new", cast.committee, cast.body(step), to)
    await _say_span(hands, step)
    await hands.say(decision(step))
    cast.absences += 1


async def _say_span(hands: PhoneClient, step: Step) -> None:
    await hands.say(local(step.from_ or step.at))
    await hands.say(local(step.until or step.at))


async def take_on(cast: Roster, hands: PhoneClient, _step: Step) -> None:
    """Press the button of the absence entered last."""
    await hands.press("take_on", cast.absences)


async def end_absence(cast: Roster, hands: PhoneClient, _step: Step) -> None:
    """One press: back at work, or acting no longer."""
    await hands.press("back", cast.absences)


VERBS: dict[str, Verb] = {
    "enter_absence": enter_absence,
    "put_on_duty": put_on_duty,
    "take_on": take_on,
    "end_absence": end_absence,
}
