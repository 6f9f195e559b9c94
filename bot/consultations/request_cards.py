"""Cards about a request before it opens: it asks for approval, is sent back, corrected, declined."""

from __future__ import annotations

from datetime import datetime

from bot.consultations import opinion_card
from bot.consultations.opinion_buttons import EXCERPT
from bot.consultations.rules.correcting import may_correct, may_reopen
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.rights import Rights, awaited_too_long
from bot.consultations.ways import to_dashboard
from bot.db.notice import Button, Card, Row, Rows
from bot.kit.access import By
from bot.kit.approval import approves as approving
from bot.kit.correcting import as_read
from bot.rendering import Rendering
from bot.values.action import action


def waiting(say: Rendering, dossier: Dossier, rights: Rights) -> Card:
    """Before the opening: where the request is, and the ways to correct it, take it up again, take it back."""
    back = (Button(say.label("button.back"), action("watch", dossier.committee)),)
    text = say.text("dashboard_waiting", dossier=dossier)
    if dossier.declined or dossier.recalled:
        return Card(text, (back,))
    take_back = Button(say.label("button.recall"), action("withdraw", dossier.id), style="danger")
    ways: list[Row] = [(take_back,), back]
    if may_correct(dossier, rights) is None:
        ways.insert(0, _correct(say, dossier))
    elif may_reopen(dossier, clerk=rights.clerk) is None:
        ways.insert(0, _reopen(say, dossier))
    return Card(text, tuple(ways))


def _correct(say: Rendering, dossier: Dossier) -> Row:
    return (Button(say.label("button.correct"), action("correct", dossier.id)),)


def _reopen(say: Rendering, dossier: Dossier) -> Row:
    return (Button(say.label("button.reopen"), action("reopen", dossier.id), style="primary"),)


def asks_approval(
    say: Rendering,
    dossier: Dossier,
    clerk: str,
    now: datetime,
    due: datetime,
    by: By | None = None,
) -> Card:
    """The head's card: the whole request exactly as members will see it, approve or decline.

    `by` is who approved, where it was another than the one who reads.
    """
    preview = opinion_card.preview(say, dossier, now, due)
    text = say.text(
        "approval",
        dossier=dossier,
        clerk=clerk,
        preview=preview,
        due=due,
        too_long=awaited_too_long(dossier.body, dossier.submission_date, due),
        by=by,
        remark=next((r for r in reversed(dossier.remarks) if r.reason), None),
        corrections=[as_read(each) for each in dossier.corrections],
    )
    if not dossier.asks_approval:
        return Card(text)
    approves = approving("approve", dossier.id, dossier.revision)
    back, no = action("send_back", dossier.id), action("decline", dossier.id)
    rows: Rows = (
        (Button(say.label("button.approve_launch"), approves, style="success"),),
        (Button(say.label("button.send_back"), back),),
        _correct(say, dossier),
        (Button(say.label("button.decline_launch"), no, style="danger"),),
    )
    if len(dossier.text) > EXCERPT:
        whole = Button(say.label("button.open_text"), action("asked_text", dossier.id))
        rows = ((whole,), *rows)
    return Card(text, rows)


def sent_back(say: Rendering, dossier: Dossier, by: By, remark: str) -> Card:
    """To the clerk: the head's remark; the draft opens again with every answer kept."""
    text = say.text("sent_back", dossier=dossier, by=by, remark=remark)
    return Card(text, (_reopen(say, dossier), to_dashboard(say, dossier)))


def corrected(say: Rendering, dossier: Dossier, by: By) -> Card:
    """To who prepared the request: what another has corrected of it."""
    text = say.text("corrected", dossier=dossier, by=by, made=as_read(dossier.corrections[-1]))
    return Card(text, (to_dashboard(say, dossier),))


def declined(say: Rendering, dossier: Dossier, by: By, reason: str) -> Card:
    """To the clerk: what the head said; the request can be prepared anew."""
    text = say.text("declined", dossier=dossier, by=by, reason=reason)
    return Card(text, ((Button(say.label("button.launch_again"), action("again", dossier.id)),),))
