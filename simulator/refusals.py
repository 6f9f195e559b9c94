"""How Telegram says no: the error texts of the Bot API, word for word.

No decision when to refuse may live here, except that each text knows its code and parameters.
"""

from simulator.json_types import Json


class RefusedError(Exception):
    """A call answered with `ok: false`; carries the code, the description and the parameters sent."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str) -> RefusedError:
    """400 with the words given."""
    return RefusedError(400, f"Bad Request: {words}")


def forbidden(words: str) -> RefusedError:
    """403 with the words given."""
    return RefusedError(403, f"Forbidden: {words}")


def too_many(seconds: int) -> RefusedError:
    """429: come back after this many seconds."""
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(to: int) -> RefusedError:
    """400: the group lives on under another id."""
    return RefusedError(
        400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": to}
    )


def blocked() -> RefusedError:
    """403: the person has blocked the bot."""
    return forbidden("bot was blocked by the user")


def deactivated() -> RefusedError:
    """403: the account is gone."""
    return forbidden("user is deactivated")


def unauthorized() -> RefusedError:
    """401: no bot has this token."""
    return RefusedError(401, "Unauthorized")


def method_not_found() -> RefusedError:
    """404: there is no such method."""
    return RefusedError(404, "Not Found: method not found")


def too_large() -> RefusedError:
    """413: more than Telegram takes in one call."""
    return RefusedError(413, "Request Entity Too Large")


def query_too_old() -> RefusedError:
    """400: nobody waits for the answer to this press any more."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def not_modified() -> RefusedError:
    """400: the edit would change nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )


def polled_by_another() -> RefusedError:
    """409: another getUpdates call has taken over."""
    return RefusedError(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def webhook_is_active() -> RefusedError:
    """409: updates go to the webhook."""
    return RefusedError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
