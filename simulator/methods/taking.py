"""Methods by which the bot takes in: updates polled or by webhook, and files.

What an update says is composed in world.py.
"""

import re
from urllib.parse import urlsplit

from simulator.files import DOWNLOAD_LIMIT
from simulator.json_types import Json
from simulator.parameters import Call
from simulator.records import Webhook
from simulator.refusals import bad_request, webhook_is_active
from simulator.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HERE = ("localhost", "127.0.0.1", "::1")


async def get_updates(world: World, call: Call) -> list[Json]:
    """getUpdates: confirms below the offset, waits up to 50 seconds of the world's clock."""
    if world.webhook.url:
        raise webhook_is_active()
    world.updates.allow(call.structure("allowed_updates"))
    return await world.updates.take(
        call.number("offset"), call.number("limit", 100), call.number("timeout")
    )


def set_webhook(world: World, call: Call) -> bool:
    """setWebhook: to an address on this machine; an empty address ends it."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(world, call)
    if urlsplit(url).hostname not in _HERE:
        raise bad_request("bad webhook: this local server delivers to this machine alone")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if call.flag("drop_pending_updates"):
        world.updates.forget()
    world.updates.allow(call.structure("allowed_updates"))
    world.webhook = Webhook(url, secret)
    world.updates.take_over()
    return True


def delete_webhook(world: World, call: Call) -> bool:
    """deleteWebhook: back to polling."""
    if call.flag("drop_pending_updates"):
        world.updates.forget()
    world.webhook = Webhook()
    return True


def get_webhook_info(world: World, _call: Call) -> Json:
    """Bot API getWebhookInfo."""
    hook = world.webhook
    body: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": world.unconfirmed,
    }
    if hook.last_error_at is not None:
        body["last_error_date"] = int(hook.last_error_at.timestamp())
        body["last_error_message"] = hook.last_error
    if world.updates.allowed:
        body["allowed_updates"] = sorted(world.updates.allowed)
    return body


def get_file(world: World, call: Call) -> Json:
    """getFile: where to download a file of at most 20 MB."""
    kept = world.files.by_id(call.text("file_id"))
    if kept is None:
        raise bad_request("invalid file_id")
    if kept.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**kept.names(), "file_path": kept.path}
