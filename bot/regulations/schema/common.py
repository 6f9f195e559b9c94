"""What holds for every body of a regulation unless the body says otherwise."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.regulations.cells import (
    Article,
    Cell,
    Days,
    Needed,
    NoticeDays,
    Part,
)

DueDay = Literal["last_working_day", "last_day", "by_hand"]
Hour = Annotated[int, Field(ge=1, le=23)]
Receipt = Literal["delivered", "acknowledged", "recorded"]


class ReservePart(Part):
    """Reserving a differing opinion: until when, and whom its words reach."""

    article: Article
    days: Cell[Days]
    words: Cell[Literal["office", "members"]]


class RecusalPart(Part):
    """A member whose own interest is at stake takes no part; `out_of_base`: the roll is the smaller for it."""

    article: Article
    out_of_base: bool


class Common(Part):
    """Values that hold for every body of the regulation unless the body says otherwise."""

    receipt: Cell[Receipt]
    suggested_days: Cell[Days]
    day_ends_at: Cell[Hour]
    outage_presses: Cell[Literal["hold", "count", "leave_out"]] | None = None
    least_notice: Cell[NoticeDays] | None = None
    differing_is: Cell[Literal["reject_differ", "with_comments"]] | None = None
    reserve: ReservePart | None = None
    threshold: Needed | None = None
    papers_to_office: Cell[Days] | None = None
    rhythm_reminders: Cell[list[Days]] | None = None
    least_ballots: Cell[Annotated[int, Field(ge=3, le=99)]] | None = None
    rhythm_reading: Cell[Literal["calendar", "from_last"]] | None = None
    days_before: Cell[Literal["hours", "dates"]] | None = None
    duty_reminders: Cell[list[Annotated[int, Field(ge=0, le=366)]]] | None = None
    report_due: Cell[DueDay] | None = None
    debtor_day: Cell[Annotated[int, Field(ge=0, le=31)]] | None = None
    upward_report_days: Cell[Days] | None = None
    second_round_days: Cell[Days] | None = None
