"""The launch form sent: asked once more whether it may go, kept as a request, put before the head."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.consultations import launch_contents
from bot.consultations import store as consultations
from bot.consultations.launch_view import OWN_DAYS, LaunchView
from bot.consultations.launching import NOTICES
from bot.consultations.papers import store as papers
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import (
    asks_election,
    may_prepare_anew,
    refuse_deadline,
    refuse_ground,
    refuse_matter,
    refuse_submission,
)
from bot.consultations.sending_back import Again, submit_again
from bot.db.notice import Button, Card
from bot.kit import access
from bot.kit.card import to_home
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.regulations.rules.regulation import Ground
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.files import sha256_of
from bot.values.moments import in_viet_nam
from bot.values.refusal import refuse, require


async def send(work: UnitOfWork, view: LaunchView) -> Screen:
    """Into the head's hands, as a new request or as one that was sent back."""
    heads = (await access.staff(work, view.draft.committee)).heads(view.chosen)
    if not heads:
        refuse("no_head", view.chosen.head_article)
    _require_still_accepted(view)
    if "of" in view.fields:
        again = Again(view.draft.id, _columns(view), view.files, view.chosen)
        of = int(view.fields["of"])
        account = view.person.account or 0
        dossier = await submit_again(work, account, of, again, _told(view))
        return Screen(submitted(work.say, dossier))
    if view.anew_of is not None:
        held = await consultations.there(work.tx, view.anew_of.id)
        require(may_prepare_anew(held, clerk=view.person.is_clerk))
    anew_of = view.anew_of.id if view.anew_of else None
    request = papers.submit(view.draft.id, **_columns(view), anew_of=anew_of)
    new = await work.write(request, partial(_line, view))
    dossier = await consultations.there(work.tx, new)
    await NOTICES.ask(work, dossier, heads)
    return Screen(submitted(work.say, dossier))


def submitted(say: Rendering, dossier: Dossier) -> Card:
    """The request is with the head now."""
    follow = Button(say.label("button.dashboard"), action("dash", dossier.id, 0))
    return Card(say.text("launch_submitted", dossier=dossier), ((follow,), to_home(say)))


def _require_still_accepted(view: LaunchView) -> None:
    """Everything is asked again at the moment it matters: time has passed since the answers."""
    fields, body = view.fields, view.chosen
    require(refuse_ground(body, Ground(fields["ground"])))
    for matter in view.matters:
        require(refuse_matter(body, matter, Ground(fields["ground"])))
    if fields["deadline"] != OWN_DAYS:
        require(refuse_deadline(datetime.fromisoformat(fields["deadline"]), view.now))
    if view.submission is not None:
        today, reason = in_viet_nam(view.now).date(), fields.get("special_reason", "")
        require(refuse_submission(body, view.submission, today, reason))


def _line(view: LaunchView, new: int) -> Line:
    of = reference("consultation", new)
    return Line(view.draft.committee, view.person, "submit", of, _told(view))


def _told(view: LaunchView) -> dict[str, object]:
    told = ("body", "matter", "ground", "subject", "text_sha256", "silence_confirmed")
    columns = _columns(view)
    return {
        **{name: columns[name] for name in told},
        **({"no_election": True} if asks_election_confirmed(view) else {}),
        **({"contents": columns["contents"]} if view.contents else {}),
        **({"anew_of": reference("consultation", view.anew_of.id)} if view.anew_of else {}),
        "files": [{"name": file.name, "sha256": file.sha256} for file in view.files],
        "state_secret": False,
    }


def _columns(view: LaunchView) -> dict[str, object]:
    fields = view.fields
    text = fields["text"]
    return {
        "committee_id": view.draft.committee,
        "rulebook": view.regulation.digest,
        "body": fields["body"],
        "matter": fields["matter"],
        "ground": fields["ground"],
        "subject": fields["subject"],
        "text": text,
        "text_sha256": sha256_of(text.encode()),
        "deadline": None if fields["deadline"] == OWN_DAYS else view.deadline,
        "submission_date": view.submission,
        "special_reason": fields.get("special_reason"),
        "silence_confirmed": bool(fields.get("silence_confirmed")),
        "prepared_by": view.person.id,
        "submitted_at": view.now,
        "contents": launch_contents.as_sent(view.contents) or None,
    }


def asks_election_confirmed(view: LaunchView) -> bool:
    """Whether a clerk must say that none of what is asked is an election."""
    body = view.body
    return body is not None and any(asks_election(body, each) for each in view.matters)
