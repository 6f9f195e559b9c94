"""A roster against the people of today: who is the same, who is asked, who comes and goes, why it may not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.new_roll import (
    NewRoll,
    Question,
    concerned,
    new_roll,
    of_nobody,
    paired,
    refuse_moved,
    refuse_roll,
    turns,
)
from bot.people.rules.people import CLERKS_PART, Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import parse

BOOK = parse((regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8"), "quang_ngai.toml")
BODY = "dang_doan"


def person(number: int, name: str, office: str = "member", unit: str = "") -> Person:
    role, body = (Role.CLERK, "") if office == "clerk" else (Role.MEMBER, BODY)
    return Person(number, 1, name, number, (SeatHeld(role, body, office),), unit=unit)


def line(name: str, office: str = "member", unit: str = "", code: str = "") -> Newcomer:
    if office == "clerk":
        return Newcomer(name, Role.CLERK, unit=unit, code=code)
    return Newcomer(name, Role.MEMBER, (SeatWanted(BODY, office),), unit=unit, code=code)


AN = person(1, "Nguyễn Văn An", "secretary")
BINH = person(2, "Trần Thị Bình", "deputy")
VAN = person(3, "Phạm Thị Văn", "clerk")
TODAY = (AN, BINH, VAN)


@pytest.mark.parametrize(
    ("today", "lines", "expected"),
    [
        pytest.param(TODAY, [line("Trần Thị Bình")], {0: 2}, id="the same name"),
        pytest.param(TODAY, [line("TRẦN THỊ BÌNH")], {0: 2}, id="in capitals"),
        pytest.param(TODAY, [line("Trần Thị Bình", unit="Sở Y tế")], {0: 2}, id="unit on one side"),
        pytest.param(TODAY, [line("Lê Văn Cường")], {}, id="nobody like it"),
        pytest.param(
            [person(1, "Lê An", unit="Sở Y tế"), person(2, "Lê An (Sở Nội vụ)", unit="Sở Nội vụ")],
            [line("Lê An", unit="Sở Nội vụ"), line("Lê An (Sở Y tế)", unit="Sở Y tế")],
            {0: 2, 1: 1},
            id="two of one name told apart by their units",
        ),
        pytest.param(
            [person(1, "Lê An", unit="Sở Y tế")],
            [line("Lê An", unit="Sở Nội vụ")],
            Question(0, "Lê An", "Sở Nội vụ", (1,)),
            id="of another unit is asked",
        ),
        pytest.param(
            TODAY,
            [line("Trần Thị Bính")],
            Question(0, "Trần Thị Bính", "", (2,)),
            id="of other marks is asked",
        ),
        pytest.param(
            [person(1, "Lê An"), person(2, "Lê An", unit="Sở Nội vụ")],
            [line("Lê An")],
            Question(0, "Lê An", "", (1, 2)),
            id="two of one name today are asked",
        ),
        pytest.param(
            [person(1, "Lê An")],
            [line("Lê An (A)", unit="A"), line("Lê An (B)", unit="B")],
            Question(0, "Lê An (A)", "A", (1,)),
            id="two of one name in the roster are asked",
        ),
    ],
)
def test_who_is_who(
    today: list[Person], lines: list[Newcomer], expected: dict[int, int] | Question
) -> None:
    assert paired(lines, today, {}) == expected


CODED = (replace(AN, code="CB 01"), replace(BINH, code="CB02"), VAN)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([line("Trần Thanh Bình", code="CB02")], {0: 2}, id="of another name"),
        pytest.param(
            [line("Trần Thanh Bình", code=" cb02")], {0: 2}, id="the code in small letters"
        ),
        pytest.param([line("Trần Thanh Bình", code="#2")], {0: 2}, id="by the number of the bot"),
        pytest.param(
            [line("Phạm Thị Vân", code="#3")], {0: 3}, id="who has no code, by the number"
        ),
        pytest.param([line("Phạm Thị Văn", code="CB03")], {0: 3}, id="by the name, to get a code"),
        pytest.param([line("Trần Thị Bình")], {0: 2}, id="by the name, the code left out"),
        pytest.param([line("Lê Văn Cường", code="CB04")], {}, id="a code and a name of nobody"),
        pytest.param(
            [line("Trần Thị Bình"), line("Trần Thanh Bình", code="CB02")],
            {1: 2},
            id="a code goes before the name of an earlier line",
        ),
        pytest.param(
            [line("Trần Thị Bình", code="CB20")],
            Question(0, "Trần Thị Bình", "", (2,), "CB20"),
            id="of the same name and another code is asked",
        ),
        pytest.param(
            [line("Nguyễn Văn An", code="CB02")],
            Question(0, "Nguyễn Văn An", "", (2, 1), "CB02"),
            id="the code of one and the name of another is asked",
        ),
    ],
)
def test_who_is_who_by_the_code(lines: list[Newcomer], expected: dict[int, int] | Question) -> None:
    assert paired(lines, CODED, {}) == expected


def test_a_number_of_nobody_is_named() -> None:
    """#9 may be of another committee; a code of the office's own may be of who comes."""
    lines = [line("Lê Văn Cường", code="#9"), line("Lê An", code="CB09"), line("An", code="#1")]
    assert of_nobody(lines, CODED) == (lines[0],)


def test_a_code_is_kept_as_it_was_spelt_first_and_where_the_roster_has_none() -> None:
    lines = [
        line("Nguyễn Văn An", "secretary"),
        line("Trần Thanh Bình", "deputy", code="cb02"),
        line("Phạm Thị Văn", "clerk", code="#3"),
        line("Lê Văn Cường", code="CB04"),
    ]
    roll = new_roll(lines, CODED, {0: 1, 1: 2, 2: 3})

    assert [each.code for each in roll.after(CODED)] == ["CB 01", "CB02", "", "CB04"]
    assert NewRoll.of(roll.kept()) == replace(roll, was=NewRoll.of(roll.kept()).was)
    assert [each.code for each in NewRoll.of(roll.kept()).was] == ["CB 01", "CB02", ""]
    changed = [(each.was and each.was.name, each.now and each.now.code) for each in turns(roll)]
    assert changed == [(None, "CB04"), ("Trần Thị Bình", "CB02")]


def test_what_was_asked_before_there_were_codes_is_read() -> None:
    kept = new_roll([line("Phạm Thị Văn", "clerk")], TODAY, {0: 3}).kept()
    kept["people"] = [each[:5] for each in kept["people"]]
    kept["was"] = [each[:5] for each in kept["was"]]

    assert [each.name for each in NewRoll.of(kept).listed] == ["Phạm Thị Văn"]


def test_an_answer_is_taken_and_nobody_is_taken_twice() -> None:
    today, lines = [person(1, "Lê An")], [line("Lê An (A)", unit="A"), line("Lê An (B)", unit="B")]

    assert paired(lines, today, {0: 1}) == {0: 1}
    assert paired(lines, today, {0: 0}) == Question(1, "Lê An (B)", "B", (1,))


def test_who_stays_comes_and_goes() -> None:
    roll = new_roll(
        [line("Trần Thị Bình", "secretary"), line("Lê Văn Cường"), line("Phạm Thị Văn", "clerk")],
        TODAY,
        {0: 2, 2: 3},
    )

    assert roll.goes == (1,)
    told = [(each.was and each.was.name, each.now and each.now.name) for each in turns(roll)]
    assert told == [
        (None, "Lê Văn Cường"),
        ("Trần Thị Bình", "Trần Thị Bình"),
        ("Nguyễn Văn An", None),
    ]
    assert NewRoll.of(roll.kept()).kept() == roll.kept()
    assert concerned(roll, BOOK.bodies) == {1}
    assert refuse_roll(roll, TODAY, BOOK) is None


def test_guests_and_units_stay_unlisted() -> None:
    guest = Person(4, 1, "Đỗ Dung", None, (SeatHeld(Role.GUEST, "", "guest"),))

    assert new_roll([line("Phạm Thị Văn", "clerk")], (*TODAY, guest), {0: 3}).goes == (1, 2)


def test_a_head_who_gets_another_office_does_not_confirm_it() -> None:
    lines = [
        line("Trần Thị Bình", "secretary"),
        line("Nguyễn Văn An"),
        line("Phạm Thị Văn", "clerk"),
    ]

    assert concerned(new_roll(lines, TODAY, {0: 2, 1: 1, 2: 3}), BOOK.bodies) == {1}


def test_a_head_who_is_given_the_offices_part_does_not_confirm_it() -> None:
    lines = [
        replace(line("Nguyễn Văn An", "secretary"), clerk=True),
        line("Trần Thị Bình", "deputy"),
    ]
    roll = new_roll(lines, TODAY, {0: 1, 1: 2})

    assert concerned(roll, BOOK.bodies) == {1, 3}  # and who goes, whose part it was
    assert refuse_roll(roll, TODAY, BOOK) is None


def test_the_offices_part_that_a_roster_leaves_out_is_ended() -> None:
    both = replace(AN, seats=(*AN.seats, CLERKS_PART))
    today = (both, BINH, VAN)
    lines = [
        line("Nguyễn Văn An", "secretary"),
        line("Trần Thị Bình", "deputy"),
        line("Phạm Thị Văn", "clerk"),
    ]
    (turn,) = turns(new_roll(lines, today, {0: 1, 1: 2, 2: 3}))

    assert turn.was is both
    assert turn.now is not None
    assert [seat.office for seat in turn.now.seats] == ["secretary"]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([line("Trần Thị Bình"), line("Phạm Thị Văn", "clerk")], "roster_headless"),
        ([line("Phạm Thị Văn", "clerk")], "roster_empty_body"),
        ([line("Trần Thị Bình", "secretary")], "roster_last_clerk"),
        (
            [
                line("Trần Thị Bình", "secretary"),
                line("Lê An"),
                line("Lê An"),
                line("Phạm Thị Văn", "clerk"),
            ],
            "roster_name_twice",
        ),
        (
            [
                line("Trần Thị Bình", "secretary", code="CB02"),
                line("Lê An", code="cb02"),
                line("Phạm Thị Văn", "clerk"),
            ],
            "roster_code_twice",
        ),
    ],
)
def test_what_no_committee_can_be(lines: list[Newcomer], kind: str) -> None:
    known = {each.name: each.id for each in TODAY}
    pairs = {at: known[each.name] for at, each in enumerate(lines) if each.name in known}

    refusal = refuse_roll(new_roll(lines, TODAY, pairs), TODAY, BOOK)

    assert refusal is not None
    assert refusal.kind == kind


def test_what_was_shown_is_what_becomes() -> None:
    roll = new_roll(
        [line("Trần Thị Bình", "secretary"), line("Phạm Thị Văn", "clerk")], TODAY, {0: 2, 1: 3}
    )

    assert refuse_moved(roll, TODAY) is None
    moved = refuse_moved(roll, (AN, VAN))
    gone = refuse_roll(roll, (AN, VAN), BOOK)
    assert moved is not None
    assert gone is not None
    assert moved.kind == gone.kind == "roster_moved"


# --- what a right or a proof hangs on ----------------------------------------------------------


def test_who_goes_does_not_confirm_it_though_no_head() -> None:
    """Cường is neither head nor of the office; his own going is not his to confirm."""
    today = (*TODAY, person(4, "Lê Văn Cường"))
    roll = new_roll(
        [line(AN.name, "secretary"), line(BINH.name, "deputy"), line(VAN.name, "clerk")],
        today,
        {0: 1, 1: 2, 2: 3},
    )
    assert concerned(roll, BOOK.bodies) == frozenset({4})


def test_seats_that_have_changed_since_are_told_though_no_name_has() -> None:
    roll = new_roll(
        [line(AN.name, "secretary"), line(BINH.name, "deputy"), line(VAN.name, "clerk")],
        TODAY,
        {0: 1, 1: 2, 2: 3},
    )
    now = (AN, person(2, BINH.name, "member"), VAN)
    assert refuse_moved(roll, TODAY) is None
    refusal = refuse_moved(roll, now)
    assert refusal is not None
    assert refusal.kind == "roster_moved"


def test_unit_and_words_beside_the_office_stay_where_the_file_leaves_them_empty() -> None:
    binh = replace(BINH, unit="Sở Y tế", post="Giám đốc")
    roll = new_roll([line(BINH.name, "deputy")], (binh,), {0: 2})
    (after,) = roll.after((binh,))
    assert (after.unit, after.post) == ("Sở Y tế", "Giám đốc")
    assert list(turns(roll)) == []


def test_other_words_beside_the_office_are_told() -> None:
    binh = replace(BINH, post="Giám đốc")
    roll = new_roll([replace(line(BINH.name, "deputy"), post="Chánh Văn phòng")], (binh,), {0: 2})
    (turn,) = turns(roll)
    assert (turn.was, turn.now and turn.now.post) == (binh, "Chánh Văn phòng")


# --- a body takes the place of another -------------------------------------------------------

TWO_BODIES = parse((regulations_dir() / "bac_kan.toml").read_text(encoding="utf-8"), "bac_kan.toml")
OLD, NEW = "ban_thuong_vu", "ban_chap_hanh"


def seated(number: int, name: str, body: str, office: str = "member") -> Person:
    return Person(number, 1, name, number, (SeatHeld(Role.MEMBER, body, office),))


def moved(body: str, *offices: str) -> list[Newcomer]:
    """An and Bình with these offices in that body, and the clerk."""
    named = zip(("Nguyễn Văn An", "Trần Thị Bình"), offices, strict=True)
    members = [Newcomer(name, Role.MEMBER, (SeatWanted(body, office),)) for name, office in named]
    return [*members, line("Phạm Thị Văn", "clerk")]


IN_THE_OLD = (
    seated(1, "Nguyễn Văn An", OLD, "secretary"),
    seated(2, "Trần Thị Bình", OLD),
    VAN,
)
IN_BOTH = (*IN_THE_OLD, seated(4, "Lê Văn Cường", NEW, "secretary"))
SAME = {0: 1, 1: 2, 2: 3}


def test_a_body_may_be_left_empty_where_another_gets_its_first_members() -> None:
    roll = new_roll(moved(NEW, "secretary", "member"), IN_THE_OLD, SAME)
    assert refuse_roll(roll, IN_THE_OLD, TWO_BODIES) is None


def test_the_other_body_still_needs_its_head() -> None:
    refusal = refuse_roll(
        new_roll(moved(NEW, "member", "member"), IN_THE_OLD, SAME), IN_THE_OLD, TWO_BODIES
    )
    assert refusal is not None
    assert refusal.kind == "roster_headless"


def test_a_body_is_not_left_empty_where_the_other_had_members_already() -> None:
    lines = [
        *moved(NEW, "member", "member"),
        Newcomer("Lê Văn Cường", Role.MEMBER, (SeatWanted(NEW, "secretary"),)),
    ]
    refusal = refuse_roll(new_roll(lines, IN_BOTH, {**SAME, 3: 4}), IN_BOTH, TWO_BODIES)
    assert refusal is not None
    assert refusal.kind == "roster_empty_body"
    assert refusal.values["bodies"] == [TWO_BODIES.body(OLD).name]
