"""Invented committees before whom one matter lies, for showing what is said to them. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from bot.consultations.rules.consultation import Choice, Reply
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.outcome import Result
from bot.db.notice import Card, Control, controls
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Ground, Matter
from bot.rendering import shared_rendering
from bot.values.files import FileRef
from tests.rules.committee import (
    A_MOMENT,
    DEADLINE,
    OPENED,
    SENT,
    Committee,
    body,
    committee,
    moment,
)

SAY = shared_rendering()
Shown = dict[str, Callable[[], Card]]
"""Cards by the name of their golden file."""

CLERK = "Phạm Thị Văn"
OFFICER = Person(90, 1, "Tạ Văn Uy", 90, (SeatHeld(Role.OFFICER, "", "secretary"),))
PERSONS = (
    "Nguyễn Văn An",
    "Trần Thị Bình",
    "Lê Quang Cường",
    "Phạm Thị Dung",
    "Hoàng Văn Đức",
    "Vũ Thị Giang",
    "Đặng Minh Hải",
    "Bùi Thị Hoa",
    "Đỗ Văn Khánh",
)
AGENCIES = ("Sở Y tế", "Sở Tài chính", "Sở Xây dựng", "Sở Nội vụ", "Tỉnh đoàn")
OFFICES = ("secretary", "deputy")
BODIES = {
    "quang_ngai": ("dang_doan", Ground.URGENT_NO_MEETING, Matter.GENERAL),
    "bac_kan": ("ban_chap_hanh", Ground.CANNOT_MEET, Matter.GENERAL),
    "cap_huyen": ("ban_thuong_vu", Ground.NOT_COMPLEX, Matter.GENERAL),
    "hai_duong": ("co_quan", Ground.COORDINATION, Matter.COORDINATION),
    "tra_vinh": ("doan_the", Ground.COORDINATION, Matter.COORDINATION),
}
SUBJECT = "Chương trình công tác quý II/2026"
TEXT = "Dự thảo gồm 3 phần: nhiệm vụ trọng tâm, tiến độ & phân công.\nĐề nghị cho ý kiến từng phần."
FILES = (
    FileRef("Du thao chuong trinh.docx", "f1", "0" * 64, 48_200),
    FileRef("Phu luc <tien do>.xlsx", "f2", "1" * 64, 1_258_291),
)
AFTER = DEADLINE + A_MOMENT
WEDNESDAY = moment("2026-03-04 15:30")


@cache
def asked(
    regulation: str,
    body_id: str = "",
    *,
    size: int = 0,
    matter: Matter | None = None,
    ground: Ground | None = None,
    deadline: datetime = DEADLINE,
    silence_confirmed: bool = False,
) -> Committee:
    """A body of that regulation, named, whom the text has not reached yet."""
    usual, usual_ground, usual_matter = BODIES[regulation]
    of = body(regulation, body_id or usual)
    names: tuple[str, ...] = AGENCIES if of.of_agencies else PERSONS
    names += tuple(f"Đinh Văn {number:02d}" for number in range(len(names) + 1, size + 1))
    fresh = committee(
        of,
        size or len(names),
        matter=matter or usual_matter,
        ground=ground or usual_ground,
        deadline=deadline,
        silence_confirmed=silence_confirmed,
    ).consultation
    offices = (*OFFICES, *["member"] * len(names))
    roll = tuple(
        replace(seat, name=name, office="agency" if of.of_agencies else office)
        for seat, name, office in zip(fresh.roll, names, offices, strict=False)
    )
    return Committee(replace(fresh, roll=roll))


def reading(regulation: str, **settings: object) -> Committee:
    """As `asked`, under other values of that regulation's named assumptions."""
    usual = asked(regulation).consultation
    rules = load(regulations_dir() / f"{regulation}.toml", settings)
    return Committee(replace(usual, body=rules.body(usual.body.id)))


def answers(
    before: Committee,
    choice: Choice,
    *people: int,
    words: str = "",
    at: datetime = WEDNESDAY,
    latest: datetime | None = None,
    **marks: bool,
) -> Committee:
    """The committee after these members gave this answer."""
    return before.adding(
        replies=[Reply(person, choice, at, words, **marks, latest=latest) for person in people]
    )


GAP = DEADLINE - timedelta(hours=1), DEADLINE + timedelta(hours=1)


def in_the_gap(before: Committee, choice: Choice, *people: int) -> Committee:
    """The committee after these pressed while the bot was away over the deadline."""
    return answers(before, choice, *people, at=GAP[0], latest=GAP[1])


def dossier(of: Committee, **changes: Any) -> Dossier:
    """The papers of a consultation that has opened as number 12."""
    facts = of.consultation
    papers = Dossier(
        id=7,
        committee=1,
        asker="Đảng ủy Khối các cơ quan tỉnh",
        rulebook="0",
        body=facts.body,
        matter=facts.matter,
        ground=facts.ground,
        subject=SUBJECT,
        text=TEXT,
        text_sha256="0" * 64,
        deadline=facts.deadline,
        submission_date=None,
        special_reason="",
        silence_confirmed=facts.silence_confirmed,
        prepared_by=80,
        submitted_at=OPENED - timedelta(hours=1),
        files=FILES,
        number=12,
        approved_by=OFFICER.id if facts.body.of_agencies else 1,
        opened_at=SENT,
        consultation=facts,
    )
    return replace(papers, **changes)


def submitted(of: Committee, **changes: Any) -> Dossier:
    """The same papers while they wait for approval."""
    unopened = {"number": None, "approved_by": None, "opened_at": None, "consultation": None}
    return dossier(of, **(unopened | changes))


def member(of: Committee, number: int) -> Person:
    """One member of the roll as a person who has joined."""
    seat = next(seat for seat in of.consultation.roll if seat.person == number)
    held = SeatHeld(Role.MEMBER, of.consultation.body.id, seat.office)
    return Person(number, 1, seat.name, number, (held,))


def everyone(of: Committee) -> Iterable[int]:
    """All places of the roll."""
    return [seat.person for seat in of.consultation.roll]


def whole_roll(of: Committee) -> Committee:
    """The text has reached everyone, and everyone has confirmed it."""
    return of.received(*everyone(of))


def result(of: Committee, now: datetime = AFTER) -> Result:
    """What it comes to; there must be something."""
    return of.result(now)


def said(template: str, **view: object) -> Callable[[], Card]:
    """A card without buttons, of a template and the view its caller passes."""
    return lambda: Card(SAY.text(template, **view))


def written(card: Card) -> str:
    """A card as a golden file keeps it: its text, then its buttons row by row."""
    rows = [" ".join(_button(button) for button in row) for row in controls(card.rows)]
    return "\n".join([card.text, *([""] if rows else []), *rows]) + "\n"


def _button(button: Control) -> str:
    marks = [button["label"], *([button["style"]] if "style" in button else [])]
    return f"[{' | '.join(marks)}]"
