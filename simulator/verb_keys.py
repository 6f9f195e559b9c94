"""The verbs of a story with the keys each takes. What a verb does is in `verbs`."""

from __future__ import annotations

from collections.abc import Mapping


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _takes(needed: str = "", allowed: str = "") -> tuple[frozenset[str], frozenset[str]]:
    return _keys(needed), _keys(allowed)


CONSULTATION_VERBS = {
    "launch": _takes("matter ground subject", "deadline submission_date files special_reason"),
    "approve_launch": _takes(),
    "decline_launch": _takes("", "reason"),
    "acknowledge": _takes(),
    "open_text": _takes(),
    "reply": _takes("choice", "words reserved"),
    "ask_more_time": _takes("until"),
    "extend": _takes("deadline", "reason"),
    "strike": _takes("of", "reason"),
    "withdraw": _takes("", "reason"),
    "close_by_hand": _takes("", "reason"),
    "record_delivery": _takes("of"),
    "record_reply": _takes("of choice", "words"),
    "remind": _takes(),
}
MEETING_VERBS = {
    "call_meeting": _takes("starts", "kind place agenda guests files session"),
    "approve_meeting": _takes(),
    "decline_meeting": _takes("", "reason"),
    "change_meeting": _takes("", "starts place agenda guests reason"),
    "cancel_meeting": _takes("", "reason"),
    "send_papers": _takes("", "files item"),
    "rsvp": _takes("answer", "reason"),
    "consent_absence": _takes("of"),
    "refuse_absence": _takes("of", "reason"),
    "remind_meeting": _takes(),
    "check_in": _takes("", "of"),
    "leave": _takes("", "of"),
    "open_meeting": _takes(),
    "conclude": _takes("item as", "words"),
    "close_meeting": _takes(),
    "ask_for_meeting": _takes("", "reason words"),
    "propose_item": _takes("", "subject matter words reason"),
    "ask_question": _takes("", "subject words of reason"),
    "delegate": _takes("to from until"),
    "settle_urgent": _takes("words", "matter"),
    "withdraw_delegation": _takes("", "to reason"),
}
VOTE_VERBS = {
    "open_vote": _takes("item secret", "matter kind names meeting"),
    "vote": _takes("", "choice answers words"),
    "close_vote": _takes(),
}
NOTICE_VERBS = {
    "send_notice": _takes("subject", "words files duty"),
    "acknowledge_notice": _takes(),
    "remind_notice": _takes(),
    "record_notice": _takes("of"),
}
REPORT_VERBS = {
    "deliver_report": _takes("duty", "period file number day of"),
    "ask_extension": _takes("duty until", "period"),
    "grant_extension": _takes("duty", "period of until"),
    "decline_extension": _takes("duty", "period of reason"),
    "put_off_report": _takes("duty", "period"),
    "excuse_report": _takes("duty", "period of reason"),
    "edit_due_day": _takes("duty day", "period"),
    "add_duty": _takes("", "duty what subject name debtors of day until deadline words period"),
    "withdraw_duty": _takes("", "duty"),
    "open_board": _takes("", "duty period"),
    "fetch_sheet": _takes(),
    "collate_reports": _takes("duty", "period"),
    "fetch_figures": _takes("duty", "period"),
    "add_day_off": _takes("day", "name until"),
    "add_working_saturday": _takes("day", "name"),
}
OWN_VERBS = {"block_bot": _takes(), "unblock_bot": _takes(), "join": _takes()}
TROUBLE_VERBS = {
    "bot_stops": _takes(),
    "bot_starts": _takes(),
    "telegram_fails": _takes("", "with"),
    "telegram_recovers": _takes(),
}
VERBS = {
    **CONSULTATION_VERBS,
    **MEETING_VERBS,
    **VOTE_VERBS,
    **NOTICE_VERBS,
    **REPORT_VERBS,
    **OWN_VERBS,
    **TROUBLE_VERBS,
}
"""Each verb with the keys it needs and the keys it may have."""

NOBODY = frozenset(TROUBLE_VERBS)
"""Verbs without `who`."""
NAMES = frozenset({"launch", "call_meeting", "open_vote", "send_notice", "add_duty"})
"""Verbs whose `id` names something for later steps."""

OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "propose_item": {"item": "subject", "title": "subject", "text": "words"},
    "ask_question": {"question": "subject", "text": "subject"},
    "send_notice": {"title": "subject", "text": "words"},
    "add_duty": {"title": "subject", "text": "words", "due": "until", "debtor": "debtors"},
    "edit_due_day": {"date": "day", "due": "day", "to": "day", "until": "day"},
    "add_day_off": {"date": "day"},
    "add_working_saturday": {"date": "day"},
}
"""What a key may be called besides, where several names come to mind."""


def by_our_names(given: object) -> object:
    """A step with every key under the name it has here."""
    if not isinstance(given, dict):
        return given
    names = OTHER_NAMES.get(given.get("does", ""), {})
    return {names.get(key, key): value for key, value in given.items()}
