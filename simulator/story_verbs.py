"""The verbs of stories with their keys, and what keys may be called besides. What a verb does stands in `verbs/`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot import subjects  # noqa: F401 - every subject enters its acts, and so their verbs
from bot.consultations.rules.consultation import Position
from bot.kit.act import TABLE
from bot.meetings.rules.meeting import MeetingKind, MeetingStage
from bot.regulations.rules.meetings import ConfidenceLevel
from bot.regulations.rules.terms import Next, Outcome
from bot.reports.rules.report import Standing
from bot.votes.rules.vote import VoteKind


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _takes(needed: str = "", allowed: str = "") -> tuple[frozenset[str], frozenset[str]]:
    return _keys(needed), _keys(allowed)


def _declared(on: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """The verbs that follow from the declarations of acts upon such a subject, with their keys."""
    return {
        name: (
            frozenset(key for key in verb.keys if not key.endswith("?")),
            frozenset(key.removesuffix("?") for key in verb.keys if key.endswith("?")),
        )
        for name, (verb, _) in TABLE.verbs.items()
        if verb.on == on
    }


CONSULTATION_VERBS = {
    **_declared("matter"),
    "launch": _takes(
        "matter ground subject",
        "deadline submission_date files special_reason silence no_election contents",
    ),
    "approve_launch": _takes(),
    "send_back": _takes("", "reason meeting"),
    "correct": _takes("", "subject deadline file meeting starts place item"),
    "add_file": _takes("file"),
    "search": _takes("words"),
    "second_round": _takes("of", "text deadline content"),
    "prepare_anew": _takes("of", "deadline submission_date special_reason"),
    "meeting_after": _takes("", "content"),
    "item_instead": _takes("matter subject"),
    "acknowledge": _takes(),
    "open_text": _takes(),
    "reply": _takes("", "choice answers words reserved"),
    "recuse": _takes("reason", "content"),
    "record_recusal": _takes("of reason", "content"),
    "take_part": _takes("", "content of"),
    "reserve": _takes("reserved", "content"),
    "record_reply": _takes("of", "choice invalid words files answers"),
    "name_counting_board": _takes("head", "members witnesses place counts_at"),
}
MEETING_VERBS = {
    **_declared("meeting"),
    "approve_meeting": _takes(),
    "call_meeting": _takes("starts", "kind place agenda guests files session"),
    "change_meeting": _takes("", "starts place agenda guests reason"),
    "cancel_meeting": _takes("", "reason"),
    "send_papers": _takes("", "files item"),
    "rsvp": _takes("answer", "reason"),
    "refuse_absence": _takes("of", "reason"),
    "check_in": _takes("", "of"),
    "leave": _takes("", "of"),
    "open_meeting": _takes(),
    "conclude": _takes("item as", "words"),
    "keep_minutes": _takes("of"),
    "write_minutes": _takes("item words", "anew"),
    "add_task": _takes("item of words by", "meeting"),
    "close_meeting": _takes(),
    "record_meeting": _takes("day", "items"),
    "ask_for_meeting": _takes("", "reason words"),
    "propose_item": _takes("", "subject matter words reason"),
    "ask_question": _takes("", "subject words of reason"),
    "delegate": _takes("to from until", "decision"),
    "enter_absence": _takes("of from until"),
    "put_on_duty": _takes("of from until", "decision"),
    "take_on": _takes("", "of from until"),
    "end_absence": _takes("", "reason"),
    "settle_urgent": _takes("words", "matter"),
    "withdraw_delegation": _takes("", "to reason"),
}
VOTE_VERBS = {
    "open_vote": _takes("item secret", "matter kind names meeting"),
    "vote": _takes("", "choice answers words reserved"),
    "raise_hands": _takes("for against", "item abstain names"),
    "close_vote": _takes(),
}
NOTICE_VERBS = {
    "send_notice": _takes("subject", "words files duty"),
    "acknowledge_notice": _takes(),
    "remind_notice": _takes(),
    "record_notice": _takes("of"),
}
REPORT_VERBS = {
    "deliver_report": _takes("duty", "period file number day of also"),
    "send_ad_hoc": _takes("duty", "words file"),
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
    **_declared("committee"),
}
SHEET_VERBS = {
    "fetch_tally": _takes(),
    "fetch_attendance": _takes(),
    "fetch_matters": _takes(),
    "fetch_roster": _takes(),
    "fetch_year": _takes(),
    "fetch_found": _takes("words"),
}
PEOPLE_VERBS = {
    "add_person": _takes("of", "name office decision"),
    "end_seat": _takes("of", "office decision"),
    "change_office": _takes("of office", "decision"),
    "ask_rebinding": _takes("of"),
    "rename_person": _takes("of name"),
    "reissue_invitation": _takes("of"),
    "confirm_personnel": _takes("of"),
    "refuse_personnel": _takes("of", "reason"),
    "take_back_personnel": _takes("of"),
}
"""What the office asks about who sits where, and what a second person says to it."""
OWN_VERBS = {
    "block_bot": _takes(),
    "unblock_bot": _takes(),
    "join": _takes(),
    "types": _takes("words"),
    "presses": _takes("words"),
    "edit_message": _takes("words"),
}
OWED_VERBS = {
    "settle_upward": _takes("number paper_on"),
    "let_go": _takes("reason", "content"),
    "settle_notice": _takes("duty number paper_on"),
    "answer_question": _takes("words", "question"),
    "settle_task": _takes("", "task words"),
    "put_off_task": _takes("until", "task"),
    "concerns_agency": _takes("", "subject"),
    "concerns_nobody": _takes("", "subject"),
}
ISSUING_VERBS = {
    "take_number": _takes("paper", "meeting number"),
    "fetch_paper": _takes("paper", "meeting item content"),
    "fetch_notice": _takes("", "content"),
    "fetch_dossier": _takes("", "meeting"),
    "skip_number": _takes("paper", "reason"),
    "drop_number": _takes("paper", "meeting reason"),
    "set_heading": _takes("field", "words of"),
    "confirm_heading": _takes(),
    "refuse_heading": _takes("", "reason"),
}
"""How papers are headed, signed and numbered."""
COMMITTEE_VERBS = {
    "amend": _takes("from", "file settings decision"),
    "close_committee": _takes("from", "successor decision"),
    "merge_into": _takes("from successor", "decision"),
    "import_roster": _takes("file", "from decision others"),
    "begin_term": _takes("from", "file decision others"),
    "confirm_amendment": _takes(),
    "refuse_amendment": _takes("", "reason"),
    "take_back_amendment": _takes(),
    "call_off": _takes("", "decision"),
    "take_over": _takes("subject"),
    "leave_behind": _takes("subject reason"),
    "take_over_person": _takes("of", "office decision"),
}
"""What changes for a committee as a whole: asked by the office, confirmed by a second person."""
TROUBLE_VERBS = {
    "bot_stops": _takes(),
    "bot_starts": _takes(),
    "telegram_fails": _takes("", "with"),
    "telegram_recovers": _takes(),
}
MACHINE_VERBS = {"machine_confirms": _takes("of"), "write_archive": _takes()}
"""What whoever runs the machine does by the command line."""
VERBS = {
    **CONSULTATION_VERBS,
    **MEETING_VERBS,
    **VOTE_VERBS,
    **NOTICE_VERBS,
    **REPORT_VERBS,
    **SHEET_VERBS,
    **OWED_VERBS,
    **ISSUING_VERBS,
    **PEOPLE_VERBS,
    **COMMITTEE_VERBS,
    **OWN_VERBS,
    **TROUBLE_VERBS,
    **MACHINE_VERBS,
}
"""Each verb with the keys it needs and the keys it may have."""

ONE_OF: Mapping[str, tuple[str, ...]] = {
    "reply": ("choice", "answers"),
    "record_reply": ("choice", "invalid", "answers"),
    "vote": ("choice", "answers"),
}
"""Keys that say the same thing in different ways: a step of that verb has exactly one of them."""
KINDS: Mapping[str, Collection[str]] = {
    "call_meeting": frozenset(MeetingKind),
    "open_vote": frozenset(VoteKind),
}
"""What `kind` may be in a step of that verb."""

NOBODY = frozenset({*TROUBLE_VERBS, *MACHINE_VERBS})
"""Verbs without `who`."""
NAMES = frozenset(
    {
        *("launch", "second_round", "call_meeting", "open_vote", "send_notice", "add_duty"),
        "prepare_anew",
        "ask_question",
        "add_task",
    }
)
"""Verbs whose `id` names something for later steps."""
NO_BODY = frozenset({*OWN_VERBS, *TROUBLE_VERBS, *MACHINE_VERBS})
"""Verbs that are about no body; every other may say which, where the committee has several."""
NO_IDS = _keys("agenda waiting owed board due heard not_heard counts positions")
"""Words of [expect] that name nothing else."""

_MATTER_STAGES = {"open", "submitted", "sent_back", "declined", "by_content"}
EXPECTED_IDS: Mapping[str, Collection[str]] = {
    "outcome": frozenset({*Outcome, *_MATTER_STAGES}),
    "next": frozenset(Next),
    "state": frozenset(MeetingStage),
    "positions": frozenset(Position),
    "board": frozenset(Standing),
    "counts": frozenset({*Position, *ConfidenceLevel}),
}
"""The ids that may stand under a key of [expect]; another one would be expected of nothing, in silence."""

OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "propose_item": {"item": "subject", "title": "subject", "text": "words"},
    "ask_question": {"question": "subject", "text": "subject"},
    "send_notice": {"title": "subject", "text": "words"},
    "add_duty": {"title": "subject", "text": "words", "due": "until", "debtor": "debtors"},
    "record_meeting": {"on": "day"},
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
