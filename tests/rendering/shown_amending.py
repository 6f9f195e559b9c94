"""What is shown of amending a rule book: the form, what is asked, confirmed, in force, all its lines, the refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.committees import from_a_day
from bot.committees.amending import cards
from bot.committees.amending.compared import Compared, compared
from bot.committees.amending.form import FORM, AmendView
from bot.committees.amending.proposed import Base, Proposed, with_settings, with_text
from bot.committees.amending.store import AMEND, Amendment
from bot.committees.amending.words import Told
from bot.committees.amending.words import told as in_words
from bot.committees.rules.amending import refuse_seats, refuse_since
from bot.db.approvals import Request, State
from bot.db.drafts import Draft
from bot.db.notice import Card
from bot.db.people import Committee
from bot.db.rulebooks import Kept
from bot.kit.seconding_cards import Asked
from bot.people.face import House
from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.rules.rolls import Beyond
from bot.places import regulations_dir
from bot.regulations.loader import parse
from bot.regulations.rules.standing import Stood, refuse_to_begin
from bot.values.action import action
from bot.values.refusal import Refusal, Refused
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_refusals import told
from tests.rules.committee import moment

BOOKS = Path(__file__).resolve().parents[1] / "stories" / "books"
OLD, NEW, FAULTY = (
    (BOOKS / f"chi_uy_{name}.toml").read_text(encoding="utf-8")
    for name in ("truoc", "sau", "co_loi")
)
OTHER = (regulations_dir() / "cap_huyen.toml").read_text(encoding="utf-8")
MODEL = (regulations_dir() / "mau" / "chi_bo.toml").read_text(encoding="utf-8")
BASE = Base(parse(OLD, "truoc.toml"), Kept("truoc.toml", OLD, {}))
AHEAD = replace(BASE, ahead=date(2026, 6, 10))
HEAD = Person(1, 1, "Nguyễn Văn <An>", 1, (SeatHeld(Role.MEMBER, "chi_uy", "secretary"),))
CLERK = Person(3, 1, "Phạm Thị Văn", 3, (SeatHeld(Role.CLERK, "", "clerk"),))
COMMITTEE = Committee(1, "Chi ủy <Trường> & Xã", BASE.regulation.digest)
HOUSE = House(COMMITTEE, BASE.regulation, Staff((HEAD, CLERK)))
NOW = moment("2026-06-01 08:30")
SINCE = date(2026, 6, 15)
TWO = with_settings(BASE, {"least_notice": 2, "report_due": "last_day"})
BOOK = with_text(BASE, "sau.toml", NEW, {})
REPLACED = with_text(BASE, "cap_huyen.toml", OTHER, {})


def request(proposed: Proposed, **more: Any) -> Request:
    wanted = Amendment(proposed.regulation.digest, BASE.regulation.digest, SINCE, proposed.file)
    asked = Request(7, 1, AMEND, "", wanted.kept(), CLERK.id, NOW, "7-QĐ/ĐU", date(2026, 5, 29))
    return replace(asked, state=State.CONFIRMED, **more)


def wish(proposed: Proposed) -> Asked:
    wanted = Amendment.of(request(proposed).content)
    return cards.wish(SAY, beside(BASE, proposed), wanted, 7)


def beside(of: Base, proposed: Proposed) -> Compared:
    return compared(of.regulation, proposed.regulation, proposed.kept)


def confirmed(proposed: Proposed, *names: str) -> Card:
    return from_a_day.confirmed(
        SAY, "amend", COMMITTEE.name, wish(proposed), request(proposed), names
    )


def in_force(proposed: Proposed, lost: Refusal | None = None) -> Card:
    return cards.in_force(SAY, COMMITTEE.name, wish(proposed), request(proposed), lost)


def lines(proposed: Proposed, page: int) -> Card:
    of = cards.Lines(beside(BASE, proposed), 7, action("home"))
    return cards.all_lines(SAY, of, page)


def form(of: Base = BASE, proposed: Proposed | None = None, page: int = 0, **fields: Any) -> Card:
    draft = Draft(4, 1, CLERK.id, "amend", fields, 1)
    found: tuple[Told, ...] = ()
    if proposed is not None:
        found = in_words(SAY, beside(of, proposed))
    view = AmendView(
        draft=draft, person=CLERK, files=(), now=NOW, page=page,
        house=HOUSE, base=of, proposed=proposed, lines=found,
    )  # fmt: skip
    return FORM.card(SAY, view, FORM.standing(view))


def refused(read: Any) -> Card:
    try:
        read()
    except Refused as no:
        return told(no.refusal)
    raise AssertionError("it was taken")


HEADLESS = replace(BASE.regulation, bodies=(replace(BASE.regulation.bodies[0], heads=("deputy",)),))
ONE: dict[str, Any] = {
    "what": "least_notice",
    "value": "least_notice",
    "values": {"least_notice": 2},
}
WHOLE: dict[str, Any] = {"since": "2026-06-15", "decision": "Số 7-QĐ/ĐU, ngày 29/5/2026"}

SHOWN: Shown = {
    "amend_form_what": form,
    "amend_form_what_ahead": lambda: form(AHEAD),
    "amend_form_value_number": lambda: form(what="least_notice"),
    "amend_form_value_one_of": lambda: form(what="report_due"),
    "amend_form_file": lambda: form(what="-"),
    "amend_form_since": lambda: form(proposed=with_settings(BASE, {"least_notice": 2}), **ONE),
    "amend_form_decision": lambda: form(
        proposed=BOOK, what="-", file=["sau.toml", ""], since="2026-06-15"
    ),
    "amend_form_preview": lambda: form(
        proposed=with_settings(BASE, {"least_notice": 2}), **ONE, **WHOLE
    ),
    "amend_form_preview_book": lambda: form(
        proposed=REPLACED, page=1, what="-", file=["cap_huyen.toml", ""], **WHOLE
    ),
    "amend_dropped": lambda: FORM.dropped(
        SAY,
        AmendView(
            draft=Draft(4, 1, 3, "amend", {}, 1),
            person=CLERK,
            files=(),
            now=NOW,
            house=HOUSE,
            base=BASE,
        ),
    ),
    "amend_confirmed_settings": lambda: confirmed(TWO, "Nguyễn Văn <An>"),
    "amend_confirmed_book": lambda: confirmed(BOOK, "Trần Thị Bình", "Lê Văn Cường"),
    "amend_confirmed_by_machine": lambda: confirmed(BOOK),
    "amend_in_force": lambda: in_force(BOOK),
    "amend_in_force_without_seats": lambda: in_force(
        REPLACED, refuse_seats((HEAD, CLERK), REPLACED.regulation)
    ),
    "amend_lines": lambda: lines(BOOK, 0),
    "amend_lines_second_page": lambda: lines(REPLACED, 1),
    "refusal_since_past": lambda: told(refuse_since(date(2026, 5, 31), date(2026, 6, 1), None)),
    "refusal_amend_day_taken": lambda: told(refuse_since(SINCE, date(2026, 6, 1), SINCE)),
    "refusal_since_far": lambda: told(refuse_since(date(2029, 1, 1), date(2026, 6, 1), None)),
    "refusal_since_unclear": lambda: told(Refusal("since_unclear")),
    "refusal_amend_waiting": lambda: told(Refusal("amend_waiting", values={"day": SINCE})),
    "refusal_amend_moved": lambda: told(Refusal("amend_moved")),
    "refusal_amend_nothing": lambda: refused(partial(with_settings, BASE, {"least_notice": 1})),
    "refusal_amend_not_text": lambda: told(Refusal("amend_not_text")),
    "refusal_amend_no_book": lambda: told(Refusal("amend_no_book", values={"name": "a & <b>.pdf"})),
    "refusal_amend_faults": lambda: refused(partial(with_text, BASE, "sai.toml", FAULTY, {})),
    "refusal_amend_faults_of_a_value": lambda: refused(
        partial(with_settings, BASE, {"least_notice": 9})
    ),
    "refusal_amend_model": lambda: refused(partial(with_text, BASE, "mau.toml", MODEL, {})),
    "refusal_machine_which": lambda: told(
        Refusal("machine_which", values={"name": "", "known": ["Chi ủy A", "Chi ủy B"]})
    ),
    "refusal_machine_which_unknown": lambda: told(
        Refusal("machine_which", values={"name": "Chi ủy <C>", "known": ["Chi ủy A", "Chi ủy B"]})
    ),
    "refusal_machine_no_clerk": lambda: told(
        Refusal("machine_no_clerk", values={"name": "", "known": []})
    ),
    "refusal_machine_no_person": lambda: told(
        Refusal(
            "machine_no_person",
            values={"name": "Lê <Văn>", "known": ["Nguyễn Văn An", "Trần Thị Bình"]},
        )
    ),
    "refusal_machine_no_clerk_of_that_name": lambda: told(
        Refusal("machine_no_clerk", values={"name": "Lê <Văn>", "known": ["Phạm Thị Văn"]})
    ),
    "refusal_amend_since": lambda: told(refuse_to_begin(Stood(None, SINCE))),
    "refusal_amend_seats": lambda: told(refuse_seats((HEAD, CLERK), REPLACED.regulation)),
    "refusal_least_beyond": lambda: told(
        Refusal("least_beyond", "7.7", values={"of": Beyond("Hội đồng <A>", 2, 3, "7.7")})
    ),
    "refusal_amend_headless": lambda: told(refuse_seats((HEAD, CLERK), HEADLESS)),
}
