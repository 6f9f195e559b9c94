"""The ways from any card about a consultation to what its office has of it."""

from __future__ import annotations

from bot.consultations.rules.dossier import Dossier
from bot.db.notice import Button, Row, Style
from bot.rendering import Rendering
from bot.values.action import action


def to_dashboard(say: Rendering, dossier: Dossier, *, style: Style | None = None) -> Row:
    """The way to the dashboard."""
    return (Button(say.label("button.dashboard"), action("dash", dossier.id, 0), style=style),)


def to_papers(say: Rendering, dossier: Dossier) -> Row:
    """The way to the papers."""
    return (Button(say.label("button.papers"), action("papers", dossier.id)),)
