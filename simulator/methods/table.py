"""The methods of the Bot API this server knows, by their names in small letters.

Each is told in the module of its subject; what it does may not live here.
"""

from collections.abc import Awaitable, Callable

from simulator.methods import profile, sending
from simulator.parameters import Call
from simulator.world import World

Method = Callable[[World, Call], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "getme": profile.get_me,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmyname": profile.set_my_name,
    "getmyname": profile.get_my_name,
    "setmydescription": profile.set_my_description,
    "getmydescription": profile.get_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "getmyshortdescription": profile.get_my_short_description,
    "setchatmenubutton": profile.set_chat_menu_button,
    "getchatmenubutton": profile.get_chat_menu_button,
    "getupdates": profile.get_updates,
    "setwebhook": profile.set_webhook,
    "deletewebhook": profile.delete_webhook,
    "getwebhookinfo": profile.get_webhook_info,
    "getfile": profile.get_file,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_document,
    "sendphoto": sending.send_photo,
    "sendmediagroup": sending.send_media_group,
    "copymessage": sending.copy_message,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": sending.edit_message_text,
    "editmessagecaption": sending.edit_message_caption,
    "editmessagereplymarkup": sending.edit_message_reply_markup,
    "deletemessage": sending.delete_message,
    "pinchatmessage": sending.pin_chat_message,
    "unpinchatmessage": sending.unpin_chat_message,
    "answercallbackquery": profile.answer_callback_query,
    "getchat": profile.get_chat,
    "getchatmember": profile.get_chat_member,
    "leavechat": profile.leave_chat,
}
PACED = frozenset({"sendmessage", "senddocument", "sendphoto", "sendmediagroup", "copymessage"})
