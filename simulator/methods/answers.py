"""The method that answers a press: a toast or an alert on the phone that pressed.

No message may be changed from here.
"""

from simulator.json_types import utf16_length
from simulator.parameters import Call
from simulator.refusals import bad_request
from simulator.world import World

_TOAST_LIMIT = 200


def answer_callback_query(world: World, call: Call) -> bool:
    """answerCallbackQuery: refused when nobody waits any more, or the text is over 200 units."""
    pressed = world.presses.waiting(call.text("callback_query_id"))
    text, alert = call.text("text"), call.flag("show_alert")
    if utf16_length(text) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    pressed.settle(text, alert, call.text("url") or None)
    if text:
        world.events.publish(
            "toast",
            chat_id=pressed.chat_id,
            user_id=pressed.user_id,
            query_id=pressed.query_id,
            text=text,
            alert=alert,
        )
    return True
