"""What each answer to the form "Mời họp" fills in, by its button or in words. Nothing is kept and nobody is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.kit.draft_forms import Taken
from bot.meetings.calling.view import Form
from bot.meetings.rules.calling import guest_rule, refuse_clash, refuse_invitation, refuse_past
from bot.meetings.rules.meeting import MeetingKind
from bot.people.rules.people import Person
from bot.regulations.rules.terms import Matter
from bot.values.moments import VIET_NAM
from bot.values.names import folded
from bot.values.refusal import Refusal, faulty, unclear
from bot.values.secrecy import secrecy_mark
from bot.values.texts import TextFault, clean_line
from bot.values.typed import MomentFault, parse_moment

PLACE_LIMIT = 200
SUBJECT_LIMIT = 300
MOST_ITEMS = 30
MOST_FILES = 10
FILE_LIMIT = 20 * 1024 * 1024
"""Telegram lets a bot fetch files up to 20 MB."""
MORNING = 8
"""The hour of a start typed as a day alone."""
MINUTE_DIGITS = 9


# --- kind, start, place ----------------------------------------------------------------------


def pressed(form: Form, field: str, value: str) -> Taken:
    """What a button answers to a plain question, or why not."""
    if field == "body":
        known = any(body.id == value for body in form.bodies)
        return {"body": value} if known else Refusal("stale_question")
    if field == "kind":
        return _kind(form, value)
    if field == "starts":
        if not value.isdigit() or len(value) > MINUTE_DIGITS:
            return Refusal("stale_question")
        return start_at(form, datetime.fromtimestamp(int(value) * 60, UTC))
    if field == "agenda":
        return agenda_done(form)
    return {field: True} if field in ("guests", "secret_free") else Refusal("stale_question")


def _kind(form: Form, value: str) -> Taken:
    if any(each.id == value for each in form.sessions):
        return {"kind": MeetingKind.WORKING_SESSION.value, "session": value}
    if value in (MeetingKind.REGULAR, MeetingKind.EXTRAORDINARY):
        return {"kind": value}
    return Refusal("stale_question")


def start_at(form: Form, moment: datetime) -> Taken:
    """A start, unless it is past, too near to another meeting, or too near for an invitation."""
    refusal = refuse_past(moment, form.now) or refuse_clash(moment, form.others)
    if refusal is None and not gives_more_time(form, moment):
        refusal = refuse_invitation(form.rules, form.kind, moment, form.now)
    return refusal or {"starts": moment.astimezone(VIET_NAM).isoformat()}


def gives_more_time(form: Form, moment: datetime) -> bool:
    """A meeting that was called in time and begins no sooner than that needs no new lead time."""
    return form.changes is not None and moment >= form.changes.starts_at


def start_on(form: Form, value: str) -> date | None:
    """A day chosen on the month, unless it is past."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= form.now.astimezone(VIET_NAM).date() else None


def written(form: Form, text: str) -> Taken:
    """What typed words answer to the question that stands, or why not."""
    if form.field == "starts":
        return _start_words(form, text)
    if form.field in ("place", "reason"):
        return _line(form.field, text)
    if form.field == "agenda":
        return added_items(form, text)
    if form.field == "guests":
        return added_guests(form, "", text)
    return Refusal("press_a_button")


def _start_words(form: Form, text: str) -> Taken:
    moment = parse_moment(text, form.now, form.calendar, MORNING)
    if isinstance(moment, MomentFault):
        past = Refusal("meeting_past", values={"start": None})
        return past if moment.kind == "past" else unclear(moment)
    return start_at(form, moment)


def _line(field: str, text: str) -> Taken:
    line = clean_line(text, PLACE_LIMIT if field == "place" else SUBJECT_LIMIT)
    if isinstance(line, TextFault):
        return faulty(line)
    return refuse_secret(line) or {field: line}


def refuse_secret(text: str) -> Refusal | None:
    """A mark of secrecy: such a text does not come here."""
    mark = secrecy_mark(text)
    return Refusal("secret", values={"mark": mark}) if mark else None


# --- the agenda ------------------------------------------------------------------------------


def added_items(form: Form, text: str) -> Taken:
    """Items typed, one a line; one equal to what waits is that item, at the typed place."""
    own = list(form.fields.get("own", []))
    for line in text.splitlines():
        if not line.strip():
            continue
        subject = clean_line(line, SUBJECT_LIMIT)
        if isinstance(subject, TextFault):
            return faulty(subject)
        refusal = refuse_secret(subject)
        if refusal:
            return refusal
        own = _with_item(form, own, subject)
    if len(own) > MOST_ITEMS:
        return Refusal("meeting_many_items", values={"limit": MOST_ITEMS})
    return {"own": own} if own else Refusal("text_empty", values={"length": 0, "limit": 0})


def _with_item(form: Form, own: list[dict[str, Any]], subject: str) -> list[dict[str, Any]]:
    stands = [each for each in own if same(each["subject"], subject)]
    if stands:  # typed once more, it moves to the end
        return [each for each in own if each not in stands] + stands
    waits = next((w for w in form.waiting if same(w.subject, subject)), None)
    key = f"o{1 + max((int(each['key'][1:]) for each in own if each['key'][0] == 'o'), default=0)}"
    entry: dict[str, Any] = {"key": key, "subject": subject}
    return [*own, entry | {"waiting": waits.id} if waits else entry]


def same(one: str, other: str) -> bool:
    """Whether two subjects are the same but for spaces and capitals."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def ticked(form: Form, waiting_id: int) -> Taken:
    """Tick what waits, or leave it for another meeting."""
    if all(each.id != waiting_id for each in form.waiting):
        return Refusal("stale_question")
    off = [each for each in form.unticked if each != waiting_id]
    return {"off": off if waiting_id in form.unticked else [*off, waiting_id]}


def without_item(form: Form, key: str) -> Taken:
    """Take an item off: what was typed is gone, what waits is left for another meeting."""
    entry = form.entry(key)
    if entry is None:
        return Refusal("stale_question")
    own = [each for each in form.fields.get("own", []) if each["key"] != key]
    files = {k: v for k, v in form.fields.get("files", {}).items() if k != key}
    off = [*form.unticked, entry.waiting_id] if entry.waiting_id else list(form.unticked)
    return {"own": own, "off": off, "files": files}


def without_files(form: Form, key: str) -> Taken:
    """Put aside the documents of an item, or those of the whole meeting."""
    files = form.fields.get("files", {})
    if key not in files:
        return Refusal("stale_question")
    return {"files": {k: v for k, v in files.items() if k != key}}


def detailed(form: Form, key: str, what: str, value: str) -> Taken:
    """What an item is about, who answers for it, whether it is dealt with among members."""
    if form.entry(key) is None:
        return Refusal("stale_question")
    given: dict[str, Any] = {}
    if what == "matter" and value in set(Matter):
        given = {"matter": value}
    elif what == "closed" and value in ("yes", "no"):
        given = {"closed": value == "yes"}
    elif what == "who" and value == "none":
        given = {"responsible": None}
    elif what == "who" and value in {str(each.id) for each in answerable(form)}:
        given = {"responsible": int(value)}
    if not given:
        return Refusal("stale_question")
    more = dict(form.fields.get("more", {}))
    return {"more": more | {key: more.get(key, {}) | given}}


def answerable(form: Form) -> list[Person]:
    """Who may answer for an item: the members, then others of the committee who sit somewhere."""
    others = [p for p in form.others_known if any(seat.body for seat in p.seats)]
    return [*form.members, *others]


def agenda_done(form: Form) -> Taken:
    """The agenda as it is; a meeting about nothing is not called."""
    return {"agenda": True} if form.agenda else Refusal("meeting_agenda_empty")


def refuse_responsible(form: Form) -> Refusal | None:
    """Whoever answers for an item is still with the committee."""
    here = {each.id for each in form.everybody}
    for entry in form.agenda:
        if entry.responsible is not None and entry.responsible not in here:
            return Refusal("meeting_responsible_gone", values={"subject": entry.subject})
    return None


def refuse_file(form: Form, name: str, size: int) -> Refusal | None:
    """A file that is too large, one too many, not asked for, or marked secret by its name."""
    if form.field != "agenda":
        return Refusal("file_not_asked")
    return refuse_document(name, size, sum(map(len, form.fields.get("files", {}).values())))


def refuse_document(name: str, size: int, already: int) -> Refusal | None:
    """A file that cannot be a document of a meeting."""
    if size > FILE_LIMIT:
        return Refusal("file_too_large", values={"size": size, "limit": FILE_LIMIT})
    if already >= MOST_FILES:
        return Refusal("meeting_many_files", values={"limit": MOST_FILES})
    return refuse_secret(name)


# --- guests ----------------------------------------------------------------------------------


def added_guests(form: Form, category: str, text: str) -> Taken:
    """Guests by name, one a line; a name that is known is that person."""
    invited = [dict(each) for each in form.fields.get("invited", ())]
    for line in text.splitlines():
        if not line.strip():
            continue
        name = clean_line(line, PLACE_LIMIT // 2)
        if isinstance(name, TextFault):
            return faulty(name)
        if any(same(member.name, name) for member in form.members):
            return Refusal("meeting_guest_on_roll", values={"name": name})
        known = next((p.id for p in form.others_known if same(p.name, name)), None)
        invited = _with_guest(invited, {"name": name, "category": category, "person": known})
    return {"invited": invited} if invited else Refusal("text_empty", values={"limit": 0})


def known_guest(form: Form, category: str, person_id: int, *, invited: bool) -> Taken:
    """Somebody known is invited under a rule, or not any more."""
    person = next((p for p in form.others_known if p.id == person_id), None)
    if person is None or (category and guest_rule(form.rules, category) is None):
        return Refusal("stale_question")
    rest = [dict(each) for each in form.fields.get("invited", ())]
    guest = {"name": person.name, "category": category, "person": person.id}
    if invited:
        return {"invited": _with_guest(rest, guest)}
    return {"invited": [each for each in rest if each["person"] != person.id]}


def _with_guest(invited: Sequence[dict[str, Any]], guest: dict[str, Any]) -> list[dict[str, Any]]:
    """Nobody is invited twice; the later rule holds."""
    rest = [each for each in invited if not _same_guest(each, guest)]
    return [*rest, guest]


def _same_guest(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one["person"] is not None or other["person"] is not None:
        return bool(one["person"] == other["person"])
    return folded(one["name"]) == folded(other["name"])


def without_guest(form: Form, place: int) -> Taken:
    """Take a guest off the list."""
    invited = list(form.fields.get("invited", ()))
    if not 0 <= place < len(invited):
        return Refusal("stale_question")
    return {"invited": invited[:place] + invited[place + 1 :]}
