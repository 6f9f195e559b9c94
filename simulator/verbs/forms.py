"""What verbs do with any form: put a draft away. What a form asks is not known here."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.phone_client import PhoneClient

WAY_OUT = "form_drop"
"""The button that every question of a form has."""


async def put_away(hands: PhoneClient, form: Mapping[str, tuple[str, ...]]) -> None:
    """Give up the draft on that screen: asked once, and confirmed."""
    await hands.try_press(WAY_OUT, *form[WAY_OUT])
    await hands.try_press("form_drop_yes", form[WAY_OUT][0])
